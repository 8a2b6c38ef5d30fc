package io.tongdao.ops.province;

import java.time.LocalDate;

/** An enterprise with its row in the register of enterprises, from which other agencies have copied. */
record Firm(Enterprise enterprise, Row registration) {
    int index() {
        return enterprise.index();
    }

    String code() {
        return enterprise.code();
    }

    County county() {
        return enterprise.county();
    }

    String status() {
        return registration.text("djzt");
    }

    boolean active() {
        return status().equals(Market.ACTIVE);
    }

    String industry() {
        return registration.text("hydm");
    }

    LocalDate founded() {
        return (LocalDate) registration.values()[registration.table().column("clrq")];
    }

    @Override
    public String toString() {
        return "Firm[" + index() + "]";
    }
}
