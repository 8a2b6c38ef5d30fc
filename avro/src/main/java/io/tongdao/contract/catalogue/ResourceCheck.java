package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Catalogue.Resources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Each resource has a code of its own, filed under a class that exists, and no code is used a second time (domain.md §3.5). */
final class ResourceCheck implements Check {
    private static final int MAJOR = 1;
    private static final int MIDDLE = 3;
    private static final int MINOR = 6;

    @Override
    public void run(Scope scope, Problems problems) {
        Map<String, Dataset> byCode = new HashMap<>();
        for (Dataset dataset : scope.catalogue().datasets().values()) {
            Ref code = dataset.entry().code();
            if (!code.blank()) {
                Dataset before = byCode.putIfAbsent(code.id(), dataset);
                if (before != null) {
                    problems.add(
                            code.at(),
                            CheckCode.RESOURCE_TWICE,
                            "resource code " + code.id() + " is that of " + before.id()
                                    + ": give this one the next number");
                }
                resource(scope, dataset, code, problems);
            }
            dataset.entry().related().forEach(related -> References.dataset(scope, related, problems));
        }
    }

    private static void resource(Scope scope, Dataset dataset, Ref code, Problems problems) {
        Resources resources = scope.catalogue().resources();
        Ref retired = resources.retired().get(code.id());
        if (retired != null) {
            problems.add(
                    code.at(),
                    CheckCode.RESOURCE_RETIRED,
                    "resource code " + code.id() + " was that of " + retired.id()
                            + ", and a code is never used again: give this one a number that is free");
        }
        if (scope.partial("resources")) {
            return;
        }
        String digits = dataset.entry().classification();
        List<String> classes = Stream.of(MAJOR, MIDDLE, MINOR, digits.length())
                .map(length -> digits.substring(0, length))
                .distinct()
                .toList();
        classes.stream()
                .filter(prefix -> !resources.classification().containsKey(prefix))
                .findFirst()
                .ifPresent(unknown -> problems.add(
                        code.at(),
                        CheckCode.RESOURCE_CLASS,
                        "there is no class of resources \"" + unknown + "\" (信息资源分类)"
                                + Nearest.to(unknown, resources.classification().keySet())
                                        .map(near -> "; did you mean \"" + near + "\"?")
                                        .orElse(": add it to resources.yaml")));
    }
}
