package io.redstuff.cli.command;

import io.redstuff.BlobId;
import io.redstuff.chain.MoveCall;
import io.redstuff.chain.SystemCalls;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.io.SmallFile;
import io.redstuff.cli.option.ByteSize;
import io.redstuff.cli.show.CallReport;
import io.redstuff.cli.show.Json;
import io.redstuff.error.RedStuffException;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.Certificate;
import io.redstuff.message.DenyListBlobDeleted;
import io.redstuff.message.DenyListUpdate;
import io.redstuff.message.InvalidBlobId;
import io.redstuff.message.ProtocolMessage;
import io.redstuff.message.ProtocolVersion;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.store.DirectoryStore;
import io.redstuff.store.NamedIoException;
import io.redstuff.store.StoredEncoding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code redstuff chain-args}: the arguments of a call of the contract. */
@Command(
    name = ChainArgsCommand.NAME,
    header = "Print the arguments of a call of the contract, in BCS.",
    description = {
      "",
      "Prints the function of the contract's module 'system' and its arguments in order: values in"
          + " BCS, as hexadecimal digits; objects of the chain by name and type only, since who"
          + " makes the transaction has to name them. Nothing is sent. What a call reads:",
      "",
      "  register, register-pooled   directory that 'redstuff encode' wrote, or metadata.bcs",
      "  certify, certify-pooled     certificate of confirmations, and --members",
      "  invalidate                  certificate of an invalid blob id, and --members",
      "  update-deny-list, delete-deny-listed, update-protocol-version",
      "                              certificate of that, and --members",
      "  reserve, create-pool        --size and --epochs",
      "  increase-pool               --size",
      "  extend, extend-pool         --epochs",
      "  delete-pooled               --blob-id",
      "  delete, extend-with-resource",
      "                              nothing",
      "",
      "Certificates are files in BCS, as Rust or as TypeScript writes them. Their signatures are"
          + " not checked here.",
      "",
      "Example:",
      "  redstuff chain-args register out --deletable",
      "  redstuff chain-args certify certificate.bcs --members 10 --json",
      ""
    })
public final class ChainArgsCommand implements Callable<Integer> {

  /** What the command is called. */
  public static final String NAME = "chain-args";

  /** More than the longest certificate: 65,535 signers, message and signature. */
  private static final int MOST_CERTIFICATE_BYTES = 1 << 18;

  private final Session session;

  @Parameters(index = "0", paramLabel = "CALL", description = "The call: ${COMPLETION-CANDIDATES}.")
  private Call call;

  @Parameters(index = "1", arity = "0..1", paramLabel = "INPUT", description = "What it reads.")
  private Path input;

  @Option(
      names = "--members",
      paramLabel = "M",
      description = "How many members the committee has whose certificate it is.")
  private Integer members;

  @Option(names = "--deletable", description = "Register a blob that may be deleted.")
  private boolean deletable;

  @Option(
      names = "--epochs",
      paramLabel = "E",
      description = "For how many epochs, or how many more.")
  private Long epochs;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      description = "How much storage, in encoded bytes.")
  private ByteSize size;

  @Option(
      names = "--blob-id",
      paramLabel = "ID",
      description = "The blob to delete; for register, fail unless it is that one.")
  private BlobId blobId;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** What was given and no call has asked for yet. */
  private final Set<String> unused = new LinkedHashSet<>();

  /** The calls. */
  private enum Call {
    RESERVE,
    REGISTER,
    CERTIFY,
    INVALIDATE,
    EXTEND,
    EXTEND_WITH_RESOURCE,
    DELETE,
    UPDATE_DENY_LIST,
    DELETE_DENY_LISTED,
    UPDATE_PROTOCOL_VERSION,
    CREATE_POOL,
    REGISTER_POOLED,
    CERTIFY_POOLED,
    DELETE_POOLED,
    EXTEND_POOL,
    INCREASE_POOL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Runs in {@code session}. */
  public ChainArgsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, NamedIoException {
    note(input, "INPUT");
    note(members, "--members");
    note(epochs, "--epochs");
    note(size, "--size");
    note(blobId, "--blob-id");
    note(deletable ? true : null, "--deletable");
    CallReport report;
    try {
      report = CallReport.of(moveCall());
    } catch (RedStuffException e) {
      throw CommandException.badData(input + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
    if (!unused.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), call + ": takes no " + String.join(", ", unused));
    }
    session.out().print(json ? Json.of(report) : report.toText());
    return ExitCode.OK;
  }

  private MoveCall moveCall() throws NamedIoException, RedStuffException {
    return switch (call) {
      case RESERVE -> SystemCalls.reserveSpace(size(), epochs());
      case REGISTER -> SystemCalls.registerBlob(metadata(), deletable());
      case CERTIFY -> SystemCalls.certifyBlob(certificate(BlobConfirmation.class), members());
      case INVALIDATE -> SystemCalls.invalidateBlobId(certificate(InvalidBlobId.class), members());
      case EXTEND -> SystemCalls.extendBlob(epochs());
      case EXTEND_WITH_RESOURCE -> SystemCalls.extendBlobWithResource();
      case DELETE -> SystemCalls.deleteBlob();
      case UPDATE_DENY_LIST ->
          SystemCalls.updateDenyList(certificate(DenyListUpdate.class), members());
      case DELETE_DENY_LISTED ->
          SystemCalls.deleteDenyListedBlob(certificate(DenyListBlobDeleted.class), members());
      case UPDATE_PROTOCOL_VERSION ->
          SystemCalls.updateProtocolVersion(certificate(ProtocolVersion.class), members());
      case CREATE_POOL -> SystemCalls.createStoragePool(size(), epochs());
      case REGISTER_POOLED -> SystemCalls.registerPooledBlob(metadata(), deletable());
      case CERTIFY_POOLED ->
          SystemCalls.certifyPooledBlob(certificate(BlobConfirmation.class), members());
      case DELETE_POOLED -> SystemCalls.deletePooledBlob(wanted(blobId, "--blob-id"));
      case EXTEND_POOL -> SystemCalls.extendStoragePool(epochs());
      case INCREASE_POOL -> SystemCalls.increaseStoragePoolCapacity(size());
    };
  }

  private long size() {
    return wanted(size, "--size").bytes();
  }

  private long epochs() {
    return wanted(epochs, "--epochs");
  }

  private int members() {
    return wanted(members, "--members");
  }

  private void note(Object value, String name) {
    if (value != null) {
      unused.add(name);
    }
  }

  private boolean deletable() {
    unused.remove("--deletable");
    return deletable;
  }

  private <T> T wanted(T value, String name) {
    unused.remove(name);
    if (value == null) {
      throw new ParameterException(spec.commandLine(), call + ": missing " + name);
    }
    return value;
  }

  private VerifiedMetadata metadata() throws NamedIoException, RedStuffException {
    Path path = wanted(input, "INPUT");
    unused.remove("--blob-id");
    Path file =
        Files.isDirectory(path) ? DirectoryStore.at(path, session.files()).metadataFile() : path;
    byte[] bytes = SmallFile.read(file, StoredEncoding.MAX_METADATA_BYTES);
    return StoredEncoding.verify(bytes, Optional.ofNullable(blobId));
  }

  private <M extends ProtocolMessage> Certificate<M> certificate(Class<M> type)
      throws NamedIoException, RedStuffException {
    Path file = wanted(input, "INPUT");
    return Certificate.parse(type, SmallFile.read(file, MOST_CERTIFICATE_BYTES));
  }
}
