package io.redstuff.network.http;

/** Answers what a server is asked; from many threads at a time. */
@FunctionalInterface
public interface Answerer {
  /**
   * Answers a question. Whatever runtime exception it throws becomes {@link Answer#INTERNAL}.
   *
   * @throws BadQuestionException if it is put wrongly
   * @throws InterruptedException if the server ends
   */
  Answer answer(Question question) throws BadQuestionException, InterruptedException;
}
