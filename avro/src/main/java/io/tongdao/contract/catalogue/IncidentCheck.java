package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Base.BaseItem;
import io.tongdao.contract.catalogue.Dataset.Collect;
import io.tongdao.contract.incident.Incident;
import io.tongdao.contract.plan.ShareClass;

/**
 * What is collected for the sake of an incident serves nothing else (art. 27): it lies sealed, so nothing is made of it, judged by it, returned or
 * opened, and only that incident's grants release it.
 */
final class IncidentCheck implements Check {
    private static final String ELSE = ", or take collected_under out: it is collected for good then";

    @Override
    public void run(Scope scope, Problems problems) {
        for (Dataset dataset : scope.catalogue().datasets().values()) {
            if (!dataset.collectedUnder().blank()) {
                form(dataset, problems);
                shape(dataset, problems);
            }
        }
        for (Base base : scope.catalogue().bases().values()) {
            String user = "base " + base.name();
            for (BaseItem item : base.items().values()) {
                item.sources().forEach(source -> source(scope, source, user, problems));
            }
            base.checks()
                    .values()
                    .forEach(check -> check.reads().values().forEach(source -> source(scope, source, user, problems)));
        }
        scope.catalogue().themes().values().forEach(theme -> theme(scope, theme, problems));
        scope.catalogue()
                .publications()
                .values()
                .forEach(one -> source(scope, one.table(), "publication " + one.id(), problems));
    }

    private static void form(Dataset dataset, Problems problems) {
        Ref incident = dataset.collectedUnder();
        if (!Incident.ID.matcher(incident.id()).matches()) {
            problems.add(
                    incident.at(),
                    CheckCode.INCIDENT_ID,
                    "collected_under " + incident.id()
                            + " is no incident's id: use lower-case letters and digits, parts"
                            + " joined by a single hyphen, as in ./tongdao incident open");
        }
    }

    private static void shape(Dataset dataset, Problems problems) {
        String cant = "";
        if (dataset.collect() == Collect.LOGICAL) {
            cant = "stays with its agency: take collect: logical out";
        } else if (!dataset.inbox().blank()) {
            cant = "comes by files, which lie open in their inbox: name connection and table";
        } else if (dataset.subjects().size() > 1) {
            cant = "has several subjects: name one";
        } else if (!dataset.rules().isEmpty()) {
            cant = "has rules, and its rows are never seen by who judges: take rules out";
        } else if (!dataset.territories().isEmpty()) {
            cant = "has a territory, and nothing of it is returned: take territory out";
        } else if (dataset.open().type() != ShareClass.WITHHELD) {
            cant = "is opened to the public: write open: {class: withheld, …}";
        }
        if (!cant.isEmpty()) {
            problems.add(
                    dataset.collectedUnder().at(),
                    CheckCode.INCIDENT_SHAPE,
                    "dataset " + dataset.id() + " is collected under an incident and " + cant + ELSE);
        }
    }

    private static void theme(Scope scope, Theme theme, Problems problems) {
        String user = "theme " + theme.name();
        for (Theme.Table table : theme.tables().values()) {
            source(scope, table.rows(), user, problems);
            table.beside().forEach(join -> source(scope, join.of(), user, problems));
            table.counts().forEach(counted -> source(scope, counted.of(), user, problems));
        }
    }

    private static void source(Scope scope, Ref source, String user, Problems problems) {
        Dataset dataset = scope.catalogue().datasets().get(source.id());
        if (dataset != null && !dataset.collectedUnder().blank()) {
            problems.add(
                    source.at(),
                    CheckCode.INCIDENT_SOURCE,
                    "dataset " + source.id() + " is collected under incident "
                            + dataset.collectedUnder().id() + ", so " + user
                            + " can't be made of it (art. 27): name another source");
        }
    }
}
