package consumer.agrona;

import io.redstuff.agrona.AgronaBuffers;
import io.redstuff.codec.RedStuff;
import org.agrona.concurrent.UnsafeBuffer;

/** Takes the id of what is in a buffer of Agrona's. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    byte[] bytes = new byte[100_000];
    RedStuff codec = RedStuff.forShards(1000);
    String id = codec.blobId(AgronaBuffers.segment(new UnsafeBuffer(bytes))).toString();
    if (!id.equals(codec.blobId(bytes).toString())) {
      throw new AssertionError("got another id of Agrona's buffer");
    }
    System.out.println("Agrona, " + id);
  }
}
