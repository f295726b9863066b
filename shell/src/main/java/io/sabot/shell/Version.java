package io.sabot.shell;

import picocli.CommandLine.IVersionProvider;

/** Which Sabot and which Java this is. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "Sabot " + (version == null ? "(not packaged)" : version), "Java " + System.getProperty("java.vm.version")
        };
    }
}
