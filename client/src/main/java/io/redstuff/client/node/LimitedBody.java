package io.redstuff.client.node;

import java.io.IOException;
import java.io.Serial;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Collects the body of an answer, and breaks the connection when it gets too long. */
final class LimitedBody implements BodySubscriber<byte[]> {
  private static final int FIRST = 8 << 10;
  private static final int SUCCESS = 2;

  private final int most;
  private final CompletableFuture<byte[]> result = new CompletableFuture<>();
  private byte[] bytes = new byte[0];
  private int length;
  private Subscription subscription;

  /** A body that goes on where it should have ended. */
  static final class TooLongException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    TooLongException(String got, int most) {
      super("answer: got %s bytes, expected at most %s".formatted(got, most));
    }
  }

  private LimitedBody(int most) {
    this.most = most;
  }

  /** Takes answers of so many bytes at most, and errors of so many. */
  static BodyHandler<byte[]> handler(long most, int mostOfError) {
    return info -> {
      boolean isGood = info.statusCode() / 100 == SUCCESS;
      int limit = isGood ? (int) Math.min(most, Integer.MAX_VALUE - 8L) : mostOfError;
      return new LimitedBody(limit).announced(info);
    };
  }

  /** Gives up at once if the header says that there are too many bytes. */
  private LimitedBody announced(ResponseInfo info) {
    long announced = info.headers().firstValueAsLong("Content-Length").orElse(0);
    if (announced > most) {
      result.completeExceptionally(new TooLongException(Long.toString(announced), most));
    }
    return this;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return result;
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    if (result.isDone()) {
      given.cancel();
    } else {
      given.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> items) {
    for (ByteBuffer item : items) {
      int more = item.remaining();
      if (more > most - length) {
        result.completeExceptionally(new TooLongException("more", most));
        subscription.cancel();
        return;
      }
      if (bytes.length - length < more) {
        long room = Math.max(FIRST, Math.max(2L * bytes.length, (long) length + more));
        bytes = Arrays.copyOf(bytes, (int) Math.min(most, room));
      }
      item.get(bytes, length, more);
      length += more;
    }
  }

  @Override
  public void onError(Throwable failure) {
    result.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    result.complete(bytes.length == length ? bytes : Arrays.copyOf(bytes, length));
  }
}
