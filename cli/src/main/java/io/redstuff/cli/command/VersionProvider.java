package io.redstuff.cli.command;

import io.redstuff.cli.io.Session;
import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version that the build put into the jar, and the JVM. */
final class VersionProvider implements IVersionProvider {

  VersionProvider() {}

  @Override
  public String[] getVersion() {
    String version = VersionProvider.class.getPackage().getImplementationVersion();
    return new String[] {
      Session.NAME + " " + Objects.requireNonNullElse(version, "(not run from its jar)"),
      "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name"),
    };
  }
}
