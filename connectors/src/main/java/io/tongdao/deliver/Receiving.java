package io.tongdao.deliver;

import io.tongdao.contract.plan.Receiver;

/** A receiving database as the writers of its feeds see it. */
record Receiving(Receiver receiver, Dialect sql, DeliveryLedger ledger) {
    static Receiving of(Receiver receiver) {
        Dialect sql = Dialect.of(receiver.engine());
        return new Receiving(receiver, sql, new DeliveryLedger(sql, receiver.schema()));
    }

    String schema() {
        return receiver.schema();
    }
}
