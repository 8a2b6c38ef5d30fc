package io.tongdao.contract.grant;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands against a grant, each line with what to do.
 *
 * @param missing what the papers lack: told at once, the grant waits to be completed (art. 33, 一次性告知)
 * @param refused what regulation and catalogue forbid
 */
public record GrantFindings(List<String> missing, List<String> refused) {
    public GrantFindings {
        missing = List.copyOf(missing);
        refused = List.copyOf(refused);
    }

    /** Everything because of which it can't flow. */
    public List<String> all() {
        List<String> all = new ArrayList<>(refused);
        all.addAll(missing);
        return all;
    }
}
