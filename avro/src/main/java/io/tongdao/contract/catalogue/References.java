package io.tongdao.contract.catalogue;

import io.tongdao.contract.plan.StandardPlan;
import java.util.Collection;
import java.util.Optional;

/** Follows names to their definitions, and reports those that lead nowhere. Blank names are reported already. */
final class References {
    private References() {}

    static void agency(Scope scope, Ref agency, Problems problems) {
        if (!scope.partial("agencies")) {
            known(
                    agency,
                    CheckCode.REF_AGENCY,
                    scope.catalogue().agencies().keySet(),
                    "add it to agencies.yaml",
                    problems);
        }
    }

    /** A standard, and the version that the reference may name. */
    static void standard(Scope scope, Ref standard, Problems problems) {
        if (scope.partial("standards")) {
            return;
        }
        String id = StandardPlan.idOf(standard.id());
        Catalogue.Standard found = scope.catalogue().standards().get(id);
        if (found == null) {
            known(
                    new Ref(id, standard.at()),
                    CheckCode.REF_STANDARD,
                    scope.catalogue().standards().keySet(),
                    "add standards/….yaml",
                    problems);
        } else {
            StandardCheck.version(found, standard, scope.today(), problems);
        }
    }

    static void connection(Scope scope, Ref connection, Problems problems) {
        if (!scope.partial("sources")) {
            known(
                    connection,
                    CheckCode.REF_CONNECTION,
                    scope.catalogue().connections().keySet(),
                    "add it to sources.yaml",
                    problems);
        }
    }

    static void inbox(Scope scope, Ref inbox, Problems problems) {
        if (!scope.partial("inboxes")) {
            known(inbox, CheckCode.REF_INBOX, scope.catalogue().inboxes().keySet(), "add it to inboxes.yaml", problems);
        }
    }

    static void purpose(Scope scope, Ref purpose, Problems problems) {
        if (!scope.partial("purposes")) {
            known(
                    purpose,
                    CheckCode.REF_PURPOSE,
                    scope.catalogue().purposes().keySet(),
                    "add it to purposes.yaml",
                    problems);
        }
    }

    static void dataClass(Scope scope, Ref dataClass, Problems problems) {
        if (!scope.partial("classes")) {
            known(
                    dataClass,
                    CheckCode.REF_CLASS,
                    scope.catalogue().classes().keySet(),
                    "add it to classes.yaml",
                    problems);
        }
    }

    static void item(Dataset dataset, Ref item, Problems problems) {
        known(item, CheckCode.REF_ITEM, dataset.items().keySet(), "add it to the items of " + dataset.id(), problems);
    }

    static Optional<Dataset> dataset(Scope scope, Ref dataset, Problems problems) {
        if (!scope.hidden(dataset.id())) {
            known(
                    dataset,
                    CheckCode.REF_DATASET,
                    scope.catalogue().datasets().keySet(),
                    "write agency.dataset",
                    problems);
        }
        return Optional.ofNullable(scope.catalogue().datasets().get(dataset.id()));
    }

    /** @param base without its {@code base.} */
    static Optional<Base> base(Scope scope, Ref base, Problems problems) {
        if (!scope.partial("base")) {
            known(
                    base,
                    CheckCode.REF_BASE,
                    scope.catalogue().bases().keySet(),
                    "add it to the directory base",
                    problems);
        }
        return Optional.ofNullable(scope.catalogue().bases().get(base.id()));
    }

    static void known(Ref ref, CheckCode code, Collection<String> known, String remedy, Problems problems) {
        if (!ref.blank() && !known.contains(ref.id())) {
            String near = Nearest.to(ref.id(), known)
                    .map(name -> "; did you mean \"" + name + "\"?")
                    .orElse(": " + remedy);
            String kind = code.code().substring("ref.".length());
            problems.add(ref.at(), code, "there is no " + kind + " \"" + ref.id() + "\"" + near);
        }
    }
}
