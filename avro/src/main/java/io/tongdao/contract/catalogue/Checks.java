package io.tongdao.contract.catalogue;

import java.util.List;

/** All rules that look at more than one definition, in the order of their subjects. */
final class Checks {
    private static final List<Check> ALL = List.of(
            new RegisterCheck(),
            new ReceiverCheck(),
            new CalendarCheck(),
            new StandardCheck(),
            new DatasetCheck(),
            new ResourceCheck(),
            new SubjectCheck(),
            new DocumentCheck(),
            new ClassCheck(),
            new AssessmentCheck(),
            new BaseCheck(),
            new IdentityCheck(),
            new CollectionCheck(),
            new LogicalCheck(),
            new IncidentCheck(),
            new RuleCheck(),
            new ThemeCheck(),
            new PublicationCheck(),
            new UnusedCheck());

    private Checks() {}

    static void run(Scope scope, Problems problems) {
        ALL.forEach(check -> check.run(scope, problems));
    }
}
