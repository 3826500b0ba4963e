package io.redstuff.examples;

import io.redstuff.codec.RedStuff;
import io.redstuff.quilt.Quilt;
import io.redstuff.quilt.QuiltFile;
import io.redstuff.quilt.QuiltPatch;
import io.redstuff.quilt.QuiltPatchId;
import io.redstuff.quilt.QuiltReader;
import io.redstuff.store.DirectoryStore;
import io.redstuff.store.StoredEncoding;
import io.redstuff.store.StoredSlivers;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Packs the pages of a website into one blob, a quilt, and reads one of them alone. To run it:
 * {@code java -cp examples/target/redstuff-examples.jar io.redstuff.examples.WebsiteQuilt SITE
 * STORE PAGE}, where STORE is a directory to be and PAGE a path within SITE.
 */
public final class WebsiteQuilt {
  public static void main(String[] args) throws Exception {
    Path site = Path.of(args[0]);
    RedStuff codec = RedStuff.forShards(100);
    Workspace workspace = Workspace.ofMemory(256 << 20);

    List<QuiltFile> pages = new ArrayList<>();
    try (var files = Files.walk(site)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        pages.add(QuiltFile.of(site.relativize(file).toString(), file));
      }
    }
    StoredEncoding stored;
    try (Quilt quilt = Quilt.pack(codec.parameters(), pages)) {
      DirectoryStore store = DirectoryStore.at(Path.of(args[1]));
      stored = StoredEncoding.create(store, codec, quilt, workspace, WorkMonitor.NONE);
      for (QuiltPatch page : quilt.index().patches()) { // an id for each page, to link to
        System.out.println(page.id(stored.metadata().blobId()) + "  " + page.identifier());
      }
    }

    StoredSlivers slivers = stored.slivers();
    try (QuiltReader reader = QuiltReader.of(stored, slivers, workspace)) {
      QuiltPatchId page = reader.find(args[2]).orElseThrow().id(); // or parsed from a link
      System.out.write(reader.read(page).toBytes());
    }
    System.out.printf("%nread from %s slivers of 200%n", slivers.sliversRead());
  }
}
