package dev.memcollab.cli;

import picocli.CommandLine.IVersionProvider;

/// The version that the program says it has.
final class Version implements IVersionProvider {
    static String text() {
        String packaged = Version.class.getPackage().getImplementationVersion();
        return packaged == null ? "development" : packaged;
    }

    @Override
    public String[] getVersion() {
        return new String[]{"memcollab " + text()};
    }
}
