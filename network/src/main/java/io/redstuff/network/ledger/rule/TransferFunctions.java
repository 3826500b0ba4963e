package io.redstuff.network.ledger.rule;

import io.redstuff.SuiAddress;
import io.redstuff.chain.Frost;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.object.LedgerObject;
import io.redstuff.network.ledger.transaction.SharedObject;
import java.util.Map;

/** Gives FROST and objects away: {@code pay} and {@code transfer} of the framework. */
final class TransferFunctions {
  private TransferFunctions() {}

  static void enter(Map<String, Function> functions) {
    Function.silent(functions, "pay::split_and_transfer", TransferFunctions::pay);
    Function.silent(functions, "transfer::public_transfer", TransferFunctions::transfer);
  }

  private static void pay(Arguments in) throws LedgerException {
    in.shared(SharedObject.PURSE);
    Frost amount = in.frost("split_amount");
    SuiAddress recipient = in.address("recipient");
    in.end();
    in.execution().pay(amount);
    in.execution().give(recipient, amount);
  }

  private static void transfer(Arguments in) throws LedgerException {
    LedgerObject object = in.object(LedgerObject.class, "obj");
    SuiAddress recipient = in.address("recipient");
    in.end();
    in.execution().keep(recipient, object);
  }
}
