package io.tongdao.ops.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The edges between rooms. A rule that breaks says what to do instead. */
class EdgesTest {
    private static final JavaClasses ROOMS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tongdao");

    private static final String[] CONNECTORS = {"io.tongdao.collect..", "io.tongdao.deliver.."};
    private static final String[] STAGES = {
        "io.tongdao.reconcile..", "io.tongdao.compose..", "io.tongdao.quality..", "io.tongdao.release.."
    };
    private static final String[] LAKEHOUSE = {"io.tongdao.lakehouse.."};

    @Test
    void contractKnowsNoRoom() {
        check(noClasses()
                .that()
                .resideInAPackage("io.tongdao.contract..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.tongdao.collect..",
                        "io.tongdao.deliver..",
                        "io.tongdao.reconcile..",
                        "io.tongdao.compose..",
                        "io.tongdao.quality..",
                        "io.tongdao.release..",
                        "io.tongdao.runtime..",
                        "io.tongdao.lakehouse..",
                        "io.tongdao.ops..")
                .because("rooms share the contract; move what they share into it, not the other way round"));
    }

    @Test
    void connectorsMeetOthersOnlyAtATopic() {
        check(noClasses()
                .that()
                .resideInAnyPackage(CONNECTORS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.tongdao.reconcile..",
                        "io.tongdao.quality..",
                        "io.tongdao.release..",
                        "io.tongdao.runtime..",
                        "io.tongdao.lakehouse..",
                        "io.tongdao.ops..")
                .because("connectors meet the other rooms at a topic; put shared forms into io.tongdao.contract"));
    }

    @Test
    void filesAreReadWithoutTopicsAndTakenWithoutTheirLibraries() {
        check(noClasses()
                .that()
                .resideInAPackage("io.tongdao.collect.files..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.tongdao.collect", "org.apache.kafka.clients..")
                .because("files know no topic; io.tongdao.collect takes the rows that they give"));
        check(noClasses()
                .that()
                .resideInAPackage("io.tongdao.collect")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("de.siegmar..", "org.duckdb..", "org.rocksdb..", "org.bouncycastle..")
                .because("a Connect cluster's plug-in has none of them; read files in io.tongdao.collect.files"));
    }

    @Test
    void lakehouseMeetsOthersOnlyAtATopic() {
        check(noClasses()
                .that()
                .resideInAnyPackage(LAKEHOUSE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.tongdao.collect..",
                        "io.tongdao.deliver..",
                        "io.tongdao.reconcile..",
                        "io.tongdao.quality..",
                        "io.tongdao.release..",
                        "io.tongdao.runtime..",
                        "io.tongdao.ops..")
                .because("the lakehouse sinks topics, whoever wrote them; put shared forms into io.tongdao.contract"));
    }

    @Test
    void stagesMeetOthersOnlyAtATopic() {
        check(noClasses()
                .that()
                .resideInAnyPackage(STAGES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.tongdao.collect..", "io.tongdao.deliver..", "io.tongdao.lakehouse..", "io.tongdao.ops..")
                .because("stages meet the other rooms at a topic; put shared forms into io.tongdao.contract"));
        for (String stage : STAGES) {
            String[] others =
                    Arrays.stream(STAGES).filter(other -> !other.equals(stage)).toArray(String[]::new);
            check(noClasses()
                    .that()
                    .resideInAPackage(stage)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .because("stages never import each other; they meet at src, base and flag topics"));
        }
    }

    @Test
    void onlyRuntimeRunsStreams() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.tongdao.runtime..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.apache.kafka.streams.KafkaStreams")
                .because("a topology builds; io.tongdao.runtime.Stage runs it with the one set of safe settings"));
    }

    @Test
    void rulesArePure() {
        check(classes()
                .that()
                .resideInAnyPackage("io.tongdao.reconcile.rule..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.crypto..",
                        "org.jspecify..",
                        "io.tongdao.reconcile.rule..",
                        "io.tongdao.contract.dispute..",
                        "io.tongdao.contract.identity..",
                        "io.tongdao.contract.plan..",
                        "io.tongdao.contract.topic..")
                .because("rules see the JDK and value types only; decode and encode at the stage's edge"));
    }

    @Test
    void masksArePure() {
        check(classes()
                .that()
                .resideInAnyPackage("io.tongdao.release.mask..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.crypto..",
                        "org.jspecify..",
                        "org.bouncycastle..",
                        "io.tongdao.release.mask..",
                        "io.tongdao.contract.identity..",
                        "io.tongdao.contract.plan..")
                .because("masks see the JDK, value types and the crypto library only"));
    }

    @Test
    void openingsRulesArePure() {
        check(
                classes()
                        .that()
                        .resideInAnyPackage("io.tongdao.lakehouse.open..")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                "java..",
                                "org.jspecify..",
                                "io.tongdao.lakehouse.open..",
                                "io.tongdao.contract.open..",
                                "io.tongdao.contract.plan..")
                        .because(
                                "whether somebody can be told from a publication is tested on plain values; read and write at the desk"));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(ROOMS);
    }
}
