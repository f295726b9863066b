# Sourced by the launchers beside it: finds the distribution, builds it when sources are newer, finds Java, starts it.
# A launcher lives in the source tree (bin/, the distribution is dist/target/sabot) or in an unpacked distribution (bin/ and lib/).
# Nothing here may write to standard output: it belongs to the program that is started.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
readonly here

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$1" >&2
  exit 1
}

# Sets $home; builds first if this is a source tree whose distribution is missing or older than a source.
find_distribution() {
  if [ -d "$here/../lib" ]; then
    home=$(cd "$here/.." && pwd -P)
    return
  fi
  local root
  root=$(cd "$here/.." && pwd -P)
  home=$root/dist/target/sabot
  if [ ! -f "$home/built" ] || [ -n "$(newer_source "$root" "$home/built")" ]; then
    build "$root"
  fi
}

# Directories count too: theirs is the time of the last file added or removed.
newer_source() {
  local root=$1 built=$2
  find "$root/pom.xml" "$root"/*/pom.xml "$root"/*/src/main "$root/bin" "$root/dist/src" \
    -newer "$built" -print -quit 2>/dev/null
}

build() {
  command -v mvn >/dev/null || fail "Sabot is not built yet and 'mvn' is not on the PATH; install Maven 3.8 or newer"
  find_java
  echo "Building Sabot; the first time Maven also downloads libraries ..." >&2
  (cd "$1" && JAVA_HOME=$java_home mvn -q -B -ntp -Dmaven.test.skip=true package -pl dist -am) </dev/null >&2 ||
    fail "the build failed; its messages are above"
}

# Sets $java, $java_home and $java_major.
find_java() {
  [ -z "${java:-}" ] || return 0
  if [ -n "${JAVA_HOME:-}" ]; then
    [ -x "$JAVA_HOME/bin/java" ] || fail "JAVA_HOME is '$JAVA_HOME', but there is no bin/java in it"
    java_home=$JAVA_HOME
  else
    command -v java >/dev/null || fail "there is no Java; install a JDK 17 or newer, or set JAVA_HOME"
    java_home=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")
  fi
  java=$java_home/bin/java
  read_java_version
  [ "$java_major" -ge 17 ] || fail "Java $java_version in '$java_home' is too old; Sabot needs 17 or newer (set JAVA_HOME)"
}

# A JDK's release file says its version; only when there is none Java itself is asked, which takes longer.
read_java_version() {
  local line
  java_version=
  if [ -r "$java_home/release" ]; then
    while IFS= read -r line; do
      case $line in JAVA_VERSION=*) java_version=${line#JAVA_VERSION=} && java_version=${java_version//\"/} ;; esac
    done <"$java_home/release"
  fi
  if [ -z "$java_version" ]; then
    [ -x "$java" ] || { java=$(command -v java) && java_home=; }
    line=$("$java" -version 2>&1 | head -n 1)
    java_version=${line#*\"} && java_version=${java_version%%\"*}
  fi
  java_major=${java_version%%[.+-]*}
  [ "$java_major" != 1 ] || java_major=8
  case $java_major in '' | *[!0-9]*) fail "cannot tell the version of '$java'" ;; esac
}

# Prints the jars of the distribution's folders named, as one class path.
class_path() {
  local folder jar path=
  for folder in "$@"; do
    for jar in "$home/$folder"/*.jar; do
      path=$path:$jar
    done
  done
  printf '%s' "${path#:}"
}

# Flags for every Java program of ours.
common_flags() {
  flags=(-Dfile.encoding=UTF-8)
  if [ "$java_major" -ge 24 ]; then
    flags+=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
  fi
  export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
  # Arguments and file names are bytes to the system; Java must read them as UTF-8.
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in *[Uu][Tt][Ff]*) ;; *) export LC_ALL=C.UTF-8 ;; esac
}

# Adds the flags of the archive of loaded classes for this class path and this JVM. When there is none yet, one is made in
# the background while this command runs without it. The JVM would report an archive it cannot use on standard output,
# hence the log flags.
archive_flags() {
  local path=$1 folder archive
  flags+=(-Xshare:auto -Xlog:disable -XX:+DisplayVMOutputToStderr)
  folder=$home/archive
  mkdir -p "$folder" 2>/dev/null && [ -w "$folder" ] || folder=${XDG_CACHE_HOME:-$HOME/.cache}/sabot
  archive=$folder/classes-$java_version-$(jars_digest).jsa
  if [ -f "$archive" ]; then
    flags+=(-XX:SharedArchiveFile="$archive")
  elif [ -z "${SABOT_NO_ARCHIVE:-}" ]; then
    make_archive "$archive" "$path" &
  fi
}

# Names, sizes and times of the jars: the JVM refuses an archive when one of them is another.
jars_digest() {
  { printf '%s\n' "$home" "$java_home" && { stat -c '%n %s %Y' "$home"/lib/*.jar 2>/dev/null || stat -f '%N %z %m' "$home"/lib/*.jar; }; } |
    cksum | tr ' ' -
}

# Runs the training script once and keeps what it loaded. Another start may be doing the same: one of them does it.
make_archive() {
  local archive=$1 path=$2 folder script
  exec </dev/null >/dev/null 2>&1
  trap '' INT HUP
  folder=$(dirname "$archive")
  mkdir -p "$folder" || return 0
  find "$folder" -maxdepth 1 -name '*.lock' -mmin +5 -exec rmdir {} + || :
  mkdir "$archive.lock" || return 0
  script=$(sed "s|@HOME@|$home|g" "$home/training/training.sql")
  # Its exit code does not matter: the script also goes through an error. Without an archive the lock stays for a while,
  # so that not every start tries again. An archive of all classes is smaller work at each start than one on top of the
  # JVM's own, which cannot hold picocli's old class files; made with G1, it holds objects too, for any collector.
  nice "$java" "${flags[@]}" -XX:DumpLoadedClassList="$archive.list" -cp "$path" \
    io.sabot.shell.SabotSql --continue-on-error -c "$script" || :
  nice "$java" "${flags[@]}" -XX:+UseG1GC -Xshare:dump -XX:SharedClassListFile="$archive.list" \
    -XX:SharedArchiveFile="$archive.new" -cp "$path" || :
  rm -f "$archive.list"
  [ -s "$archive.new" ] || return 0
  find "$folder" -maxdepth 1 -name "classes-$java_version-*.jsa" -delete || :
  mv -f "$archive.new" "$archive" || :
  rmdir "$archive.lock"
}
