package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Catalogue.InboxEntry;
import io.tongdao.contract.plan.Inbox;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code inboxes.yaml}: the directories into which agencies without a reachable database drop files. */
final class InboxReader {
    private InboxReader() {}

    /** @param variables fills in {@code ${name}} */
    static Map<String, InboxEntry> read(Fields root, Variables variables) {
        Map<String, InboxEntry> inboxes = new LinkedHashMap<>();
        for (Fields fields : root.named("inbox")) {
            String name = fields.checked("", fields.name(), Ids.KEBAB);
            Inbox inbox = new Inbox(name, fields.text("agency"), variables.text(fields, "directory"));
            inboxes.put(name, new InboxEntry(fields.at(), inbox));
            fields.end();
        }
        return inboxes;
    }
}
