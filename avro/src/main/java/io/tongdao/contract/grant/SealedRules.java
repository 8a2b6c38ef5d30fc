package io.tongdao.contract.grant;

import io.tongdao.contract.grant.Grant.Delivery;
import io.tongdao.contract.grant.Grant.Kind;
import java.util.ArrayList;
import java.util.List;

/** What is collected for the sake of an incident is released under that incident alone, and what an emergency releases goes out sealed (art. 27). */
final class SealedRules {
    private SealedRules() {}

    static List<String> refusals(Grant grant, GrantTable table) {
        List<String> problems = new ArrayList<>();
        String head = "grant " + grant.id() + ": ";
        boolean own =
                grant.kind() == Kind.EMERGENCY && grant.papers().incident().equals(table.incident());
        if (table.sealed() && !own) {
            problems.add(head + table.name() + " is collected under incident " + table.incident()
                    + ": only an emergency grant under that incident releases it (art. 27)");
        }
        if (table.sealed() && grant.verifies()) {
            problems.add(head + table.name() + " lies sealed, and values can't be verified by it");
        }
        if (grant.sealed() && grant.key() == Grant.KeyForm.CLEAR) {
            problems.add(head
                    + "an emergency's values go out sealed, and a clear key would name who they are about: use key token,"
                    + " and grant the identifier as an item");
        }
        if (grant.sealed()
                && (grant.delivery().contains(Delivery.DATABASE)
                        || grant.delivery().contains(Delivery.FILE))) {
            problems.add(head + "an emergency's values go out sealed, which a database or file of rows can't hold:"
                    + " deliver topic or table");
        }
        return problems;
    }
}
