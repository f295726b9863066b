#!/usr/bin/env bash
# Finds the fraud of fraud.sql over Kafka: starts a broker on this machine, runs fraud.sql and fraud-kafka.sql, stops the broker.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

bin/sabot-classpath >/dev/null # builds Sabot if that is needed
scratch=$(mktemp -d)
mkdir "$scratch/broker"
broker=
cleanup() {
  [ -z "$broker" ] || { kill "$broker" 2>/dev/null && wait "$broker" || :; }
  rm -rf "$scratch"
}
trap cleanup EXIT

bin/sabot-kafka --topic payments:2 --topic alerts "$scratch/broker" 0 >"$scratch/ready" &
broker=$!
echo "Starting a Kafka broker ..." >&2
until grep -q '^ready ' "$scratch/ready"; do
  kill -0 "$broker" 2>/dev/null || { echo "the broker did not start" >&2 && exit 1; }
  sleep 0.2
done
server=$(sed -n 's/^ready //p' "$scratch/ready")

sed "s/localhost:9092/$server/" examples/fraud/fraud-kafka.sql >"$scratch/fraud-kafka.sql"
bin/sabot-sql -f examples/fraud/fraud.sql -f "$scratch/fraud-kafka.sql"
