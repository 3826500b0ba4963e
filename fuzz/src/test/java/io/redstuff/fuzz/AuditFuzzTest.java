package io.redstuff.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.audit.AuditAnswer;
import io.redstuff.audit.AuditChallenge;
import io.redstuff.audit.AuditStatement;
import io.redstuff.audit.AuditTranscript;
import io.redstuff.proof.SliverOpening;

/** Any bytes read as each part of an audit: what holds is said at {@link ParserCheck}. */
class AuditFuzzTest {
  /** A shard of two bytes becomes an object in a list. */
  private static final int LIST = 48;

  /**
   * An answer of sixteen bytes becomes eight objects, each empty node the 32 bytes hashed for it.
   */
  static final int LISTS = 128;

  @FuzzTest
  void parse(byte[] bytes) {
    ParserCheck.check(bytes, AuditStatement::parse, AuditStatement::toBcs, LIST);
    ParserCheck.check(bytes, AuditChallenge::parse, AuditChallenge::toBcs, ParserCheck.FEW);
    ParserCheck.check(bytes, SliverOpening::parse, SliverOpening::toBcs, ParserCheck.FEW);
    ParserCheck.check(bytes, AuditAnswer::parse, AuditAnswer::toBcs, ParserCheck.FEW);
    ParserCheck.check(bytes, AuditTranscript::parse, AuditTranscript::toBcs, LISTS);
  }
}
