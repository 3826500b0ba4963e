package io.redstuff.seal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.client.StoreOptions;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.Ledger;
import io.redstuff.network.ledger.object.OwnedObject;
import io.redstuff.network.ledger.transaction.AccountKeyFile;
import io.redstuff.network.ledger.transaction.Calls;
import io.redstuff.network.local.LocalNetwork;
import io.redstuff.network.local.NetworkHome;
import io.redstuff.network.local.NetworkPlan;
import io.redstuff.network.registry.LedgerRegistry;
import io.redstuff.seal.Identity;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key server that gives keys to whoever owns a blob on the ledger of a local network. */
class BlobsOfALedgerTest {
  private static final ObjectId PACKAGE = ObjectId.of(new byte[ObjectId.BYTES]);

  @TempDir private Path directory;

  private static AccessRequest asking(SuiAddress user, ObjectId blob) {
    return new AccessRequest(user, Identity.of(PACKAGE, blob.toBytes()), "owner", "seal_approve");
  }

  @Test
  void whoOwnsTheBlobGetsItsKey() throws Exception {
    NetworkHome home = new NetworkHome(directory.resolve("net"));
    NetworkPlan plan = NetworkPlan.DEFAULT.ofSize(4, 10);
    try (LocalNetwork network = LocalNetwork.open(home, plan, LocalNetwork.Mode.ONE_JVM)) {
      Ledger ledger = network.ledger();
      AccessPolicy policy =
          AccessPolicy.blobOwner(blob -> ledger.object(blob).map(OwnedObject::owner));
      AccountSession account = new AccountSession(ledger, AccountKeyFile.read(home.clientKey()));
      ObjectId blob;
      try (WalrusClient client =
          WalrusClient.of(
              new LedgerRegistry(ledger, account, BlsEngine.preferred()),
              TransferSettings.defaults())) {
        blob =
            client
                .store(new byte[] {1, 2, 3}, new StoreOptions(2, false))
                .registration()
                .objectId();
      }
      SuiAddress other = AccountKeyFile.read(home.treasuryKey()).address();
      assertTrue(policy.allows(asking(account.address(), blob)));
      assertFalse(policy.allows(asking(other, blob)));
      assertFalse(policy.allows(asking(account.address(), PACKAGE)));
      account.execute(Calls.transfer(Calls.object(blob), other));
      assertEquals(other, ledger.object(blob).orElseThrow().owner());
      assertFalse(policy.allows(asking(account.address(), blob)));
      assertTrue(policy.allows(asking(other, blob)));
    }
  }
}
