package io.redstuff.network.ledger.rule;

import static io.redstuff.network.ledger.rule.Execution.demand;

import io.redstuff.ObjectId;
import io.redstuff.chain.StorageResource;
import io.redstuff.network.ledger.Abort;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.object.LedgerObject;
import io.redstuff.network.ledger.transaction.SharedObject;
import java.util.Map;

/** Buys storage, splits it and fuses it: parts of {@code system}, and {@code storage_resource}. */
final class StorageFunctions {
  private StorageFunctions() {}

  static void enter(Map<String, Function> functions) {
    Function.giving(functions, "system::reserve_space", StorageFunctions::reserve);
    Function.giving(
        functions, "system::reserve_space_for_epochs", StorageFunctions::reserveForEpochs);
    Function.giving(functions, "storage_resource::split_by_epoch", StorageFunctions::splitByEpoch);
    Function.giving(functions, "storage_resource::split_by_size", StorageFunctions::splitBySize);
    Function.silent(functions, "storage_resource::fuse", in -> fuse(in, Fusion.EITHER));
    Function.silent(functions, "storage_resource::fuse_periods", in -> fuse(in, Fusion.PERIODS));
    Function.silent(functions, "storage_resource::fuse_amount", in -> fuse(in, Fusion.AMOUNT));
  }

  private static ObjectId reserve(Arguments in) throws LedgerException {
    in.shared(SharedObject.SYSTEM);
    long amount = in.u64("storage_amount");
    long epochsAhead = in.u32("epochs_ahead");
    in.shared(SharedObject.PURSE).end();
    long epoch = in.execution().state().system().epoch();
    return reserve(in.execution(), amount, epoch, epoch + epochsAhead);
  }

  private static ObjectId reserveForEpochs(Arguments in) throws LedgerException {
    in.shared(SharedObject.SYSTEM);
    long amount = in.u64("storage_amount");
    long start = in.u32("start_epoch");
    long end = in.u32("end_epoch");
    in.shared(SharedObject.PURSE).end();
    long epoch = in.execution().state().system().epoch();
    return reserve(in.execution(), amount, Math.max(start, epoch), end);
  }

  private static ObjectId reserve(Execution execution, long amount, long start, long end)
      throws LedgerException {
    demand(
        end > start,
        Abort.INVALID_EPOCHS_AHEAD,
        "got epochs %s to %s, expected at least one",
        start,
        end);
    Sales.checkAhead(execution, end);
    Sales.charge(execution, amount, start, end);
    demand(amount > 0, Abort.INVALID_RESOURCE_SIZE, "got 0 bytes, expected more");
    Sales.use(execution, amount, start, end);
    return execution.keep(
        new LedgerObject.Storage(new StorageResource(execution.newId(), start, end, amount)));
  }

  private static StorageResource storage(Arguments in, String name) throws LedgerException {
    return in.object(LedgerObject.Storage.class, name).resource();
  }

  private static ObjectId keep(Execution execution, ObjectId id, long start, long end, long size) {
    return execution.keep(new LedgerObject.Storage(new StorageResource(id, start, end, size)));
  }

  private static ObjectId splitByEpoch(Arguments in) throws LedgerException {
    StorageResource storage = storage(in, "storage");
    long epoch = in.u32("split_epoch");
    in.end();
    demand(
        epoch > storage.startEpoch() && epoch < storage.endEpoch(),
        Abort.INVALID_EPOCH,
        "got epoch %s, expected one between %s and %s",
        epoch,
        storage.startEpoch(),
        storage.endEpoch());
    Execution execution = in.execution();
    keep(execution, storage.id(), storage.startEpoch(), epoch, storage.storageSize());
    return keep(execution, execution.newId(), epoch, storage.endEpoch(), storage.storageSize());
  }

  private static ObjectId splitBySize(Arguments in) throws LedgerException {
    StorageResource storage = storage(in, "storage");
    long size = in.u64("split_size");
    in.end();
    demand(
        size <= storage.storageSize(),
        Abort.INCOMPATIBLE_AMOUNT,
        "got %s bytes, expected at most %s",
        size,
        storage.storageSize());
    Execution execution = in.execution();
    long start = storage.startEpoch();
    long end = storage.endEpoch();
    keep(execution, storage.id(), start, end, size);
    return keep(execution, execution.newId(), start, end, storage.storageSize() - size);
  }

  /** What has to fit together. */
  private enum Fusion {
    EITHER,
    PERIODS,
    AMOUNT
  }

  private static void fuse(Arguments in, Fusion fusion) throws LedgerException {
    StorageResource first = storage(in, "first");
    StorageResource second = storage(in, "second");
    in.end();
    demand(
        !first.id().equals(second.id()),
        Abort.INVALID_ARGUMENT,
        "second: got %s twice, expected another object",
        first.id());
    boolean byAmount =
        fusion == Fusion.AMOUNT
            || (fusion == Fusion.EITHER && first.startEpoch() == second.startEpoch());
    StorageResource fused = byAmount ? fuseAmount(first, second) : fusePeriods(first, second);
    in.execution().destroy(new LedgerObject.Storage(second));
    in.execution().keep(new LedgerObject.Storage(fused));
  }

  private static StorageResource fuseAmount(StorageResource first, StorageResource second)
      throws LedgerException {
    demand(
        first.startEpoch() == second.startEpoch() && first.endEpoch() == second.endEpoch(),
        Abort.INCOMPATIBLE_EPOCHS,
        "got epochs %s to %s and %s to %s, expected the same",
        first.startEpoch(),
        first.endEpoch(),
        second.startEpoch(),
        second.endEpoch());
    return new StorageResource(
        first.id(),
        first.startEpoch(),
        first.endEpoch(),
        Math.addExact(first.storageSize(), second.storageSize()));
  }

  /** Returns storage for the periods of both, which follow each other. */
  static StorageResource fusePeriods(StorageResource first, StorageResource second)
      throws LedgerException {
    demand(
        first.storageSize() == second.storageSize(),
        Abort.INCOMPATIBLE_AMOUNT,
        "got %s and %s bytes, expected the same",
        first.storageSize(),
        second.storageSize());
    boolean follows = first.endEpoch() == second.startEpoch();
    demand(
        follows || first.startEpoch() == second.endEpoch(),
        Abort.INCOMPATIBLE_EPOCHS,
        "got epochs %s to %s and %s to %s, expected one after the other",
        first.startEpoch(),
        first.endEpoch(),
        second.startEpoch(),
        second.endEpoch());
    return new StorageResource(
        first.id(),
        follows ? first.startEpoch() : second.startEpoch(),
        follows ? second.endEpoch() : first.endEpoch(),
        first.storageSize());
  }
}
