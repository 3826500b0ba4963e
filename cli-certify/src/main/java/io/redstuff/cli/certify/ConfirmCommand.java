package io.redstuff.cli.certify;

import io.redstuff.EncodingParameters;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.certify.Committee;
import io.redstuff.certify.HeldSlivers;
import io.redstuff.certify.NodeSigner;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.PublicKey;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.certify.json.SignedMessageJson;
import io.redstuff.cli.command.SignatureCommands;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.OutputTarget;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.io.WorkProgress;
import io.redstuff.cli.option.PairRange;
import io.redstuff.cli.option.StoredBlobOptions;
import io.redstuff.error.RedStuffException;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.ProtocolMessage;
import io.redstuff.message.SignedMessage;
import io.redstuff.store.StoredEncoding;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code redstuff confirm}: signs for a node that it has its slivers. */
@Command(
    name = "confirm",
    header = "Sign, as a storage node, that the slivers of its shards are there.",
    description = {
      "",
      "Reads both slivers of each of the node's shards and compares them with the metadata. Only if"
          + " all are good it signs; else the exit status is 1. Which shards are the node's is told"
          + " by --shards, or by a committee file that lists them; without either they are all.",
      "",
      "Example:",
      "  redstuff confirm out --key node.key --epoch 5 --shards 0-9,17 -o node.confirmation",
      ""
    })
final class ConfirmCommand implements Callable<Integer> {
  private static final long MAX_U32 = 0xffff_ffffL;

  private final Session session;

  @Mixin private StoredBlobOptions options;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The node's key, as 'redstuff key new' makes it.")
  private Path keyFile;

  @Option(
      names = "--epoch",
      required = true,
      paramLabel = "E",
      description = "The epoch of the committee that the node acts in.")
  private long epoch;

  @Option(
      names = "--shards",
      split = ",",
      paramLabel = "S",
      description = "The node's shards, as in 0-9,17.")
  private List<PairRange> shards;

  @Option(
      names = SignatureCommands.COMMITTEE_OPTION,
      paramLabel = "FILE",
      description = "The committee, which names the shards of the node with this key.")
  private Path committeeFile;

  @Option(
      names = "--object-id",
      paramLabel = "0x...",
      description = "The blob is deletable, as this object (default: it is permanent).")
  private ObjectId objectId;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description =
          "File to write, in JSON as nodes answer, with the public key; '-' is standard output.")
  private String output;

  ConfirmCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    if (epoch < 0 || epoch > MAX_U32) {
      throw CommandException.usage("--epoch: got %s, expected 0 to %s".formatted(epoch, MAX_U32));
    }
    try (SecretKey secret = KeyFiles.read(keyFile)) {
      NodeSigner signer = new NodeSigner(BlsEngine.preferred(), secret);
      StoredEncoding stored = options.open(session);
      OutputTarget target = OutputTarget.of(session, output);
      HeldSlivers held = inspect(stored, signer.key());
      BlobPersistence persistence =
          objectId == null ? BlobPersistence.PERMANENT : BlobPersistence.deletable(objectId);
      SignedMessage<ProtocolMessage> signed = widened(signer.confirm(held, epoch, persistence));
      byte[] json = new SignedMessageJson(signed, Optional.of(signer.key())).toJson();
      target.write(MemorySegment.ofArray(json));
      if (!target.isStandardOutput()) {
        session
            .out()
            .println(
                "%s: %s good slivers, signed for epoch %s"
                    .formatted(MessageText.of(signed.message()), 2 * held.shards().size(), epoch));
      }
      return ExitCode.OK;
    }
  }

  private static SignedMessage<ProtocolMessage> widened(
      SignedMessage<? extends ProtocolMessage> signed) {
    return new SignedMessage<>(signed.message(), signed.signature());
  }

  private HeldSlivers inspect(StoredEncoding stored, PublicKey key)
      throws CommandException, IOException {
    List<ShardIndex> its = shards(stored.metadata().parameters(), key);
    try (WorkProgress progress = new WorkProgress(session, "checking")) {
      return HeldSlivers.inspect(stored, its, progress);
    } catch (RedStuffException e) {
      throw CommandException.badData(
          "%s: not confirmed: %s".formatted(options.input(), e.getMessage()), e);
    }
  }

  private List<ShardIndex> shards(EncodingParameters parameters, PublicKey key)
      throws CommandException, IOException {
    if (shards == null && committeeFile != null) {
      return shardsOf(key, SignedFiles.committee(committeeFile), parameters);
    }
    List<ShardIndex> its = new ArrayList<>();
    for (PairRange range : shards == null ? List.of(PairRange.ALL) : shards) {
      range.shards("--shards", parameters).forEach(its::add);
    }
    return its;
  }

  private List<ShardIndex> shardsOf(
      PublicKey key, Committee committee, EncodingParameters parameters) throws CommandException {
    if (committee.shards() != parameters.shards() || committee.epoch() != epoch) {
      throw CommandException.usage(
          "%s: got a committee of %s shards in epoch %s, expected %s in epoch %s"
              .formatted(
                  committeeFile,
                  committee.shards(),
                  committee.epoch(),
                  parameters.shards(),
                  epoch));
    }
    int position =
        committee
            .position(key)
            .orElseThrow(
                () ->
                    CommandException.usage(
                        "%s: got no member with the key of %s".formatted(committeeFile, keyFile)));
    return committee
        .shardsOf(position)
        .orElseThrow(
            () ->
                CommandException.usage(
                    committeeFile + ": does not list the members' shards; give them by --shards"));
  }
}
