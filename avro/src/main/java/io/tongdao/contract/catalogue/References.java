package io.tongdao.contract.catalogue;

import io.tongdao.contract.grant.Purpose;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Follows names to their definitions, and reports those that lead nowhere. Blank names are reported already. */
final class References {
    private References() {}

    static void agency(Scope scope, Ref agency, Problems problems) {
        if (!scope.partial("agencies")) {
            known(agency, "agency", scope.catalogue().agencies().keySet(), "add it to agencies.yaml", problems);
        }
    }

    static void standard(Scope scope, Ref standard, Problems problems) {
        if (!scope.partial("standards")) {
            known(standard, "standard", scope.catalogue().standards().keySet(), "add standards/….yaml", problems);
        }
    }

    static void connection(Scope scope, Ref connection, Problems problems) {
        if (!scope.partial("sources")) {
            known(
                    connection,
                    "connection",
                    scope.catalogue().connections().keySet(),
                    "add it to sources.yaml",
                    problems);
        }
    }

    static void inbox(Scope scope, Ref inbox, Problems problems) {
        if (!scope.partial("inboxes")) {
            known(inbox, "inbox", scope.catalogue().inboxes().keySet(), "add it to inboxes.yaml", problems);
        }
    }

    static void purpose(Ref purpose, Problems problems) {
        List<String> known = Stream.of(Purpose.values()).map(Purpose::word).toList();
        known(purpose, "purpose", known, "use one of " + String.join(", ", known), problems);
    }

    static void item(Dataset dataset, Ref item, Problems problems) {
        known(item, "item", dataset.items().keySet(), "add it to the items of " + dataset.id(), problems);
    }

    static Optional<Dataset> dataset(Scope scope, Ref dataset, Problems problems) {
        if (!scope.hidden(dataset.id())) {
            known(dataset, "dataset", scope.catalogue().datasets().keySet(), "write agency.dataset", problems);
        }
        return Optional.ofNullable(scope.catalogue().datasets().get(dataset.id()));
    }

    private static void known(Ref ref, String kind, Collection<String> known, String remedy, Problems problems) {
        if (!ref.blank() && !known.contains(ref.id())) {
            String near = Nearest.to(ref.id(), known)
                    .map(name -> "; did you mean \"" + name + "\"?")
                    .orElse(": " + remedy);
            problems.add(ref.at(), "ref." + kind, "there is no " + kind + " \"" + ref.id() + "\"" + near);
        }
    }
}
