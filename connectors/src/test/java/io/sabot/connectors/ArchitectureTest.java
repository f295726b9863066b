package io.sabot.connectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.sabot.connectors");

    @Test
    void connectorsKnowOnlyTheContractOfTheEngine() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sabot.planner..",
                        "io.sabot.server..",
                        "io.sabot.executor.job..",
                        "io.sabot.executor.task..",
                        "io.sabot.executor.operator..",
                        "io.sabot.executor.state..",
                        "org.apache.calcite..")
                .check(CLASSES);
    }

    @Test
    void connectorsAndFormatsDoNotKnowEachOther() {
        for (String name : new String[] {
            "json",
            "csv",
            "filesystem",
            "datagen",
            "print",
            "blackhole",
            "kafka",
            "raw",
            "msgpack",
            "avro",
            "parquet",
            "arrow"
        }) {
            noClasses()
                    .that()
                    .resideInAPackage("io.sabot.connectors." + name + "..")
                    .should()
                    .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                            "belong to another connector",
                            type -> type.getPackageName().startsWith("io.sabot.connectors.")
                                    && !type.getPackageName().startsWith("io.sabot.connectors." + name)
                                    && !type.getPackageName().equals("io.sabot.connectors.text")
                                    && !type.getPackageName().equals("io.sabot.connectors.record")))
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }

    /** The broker's own jars are not there when the product runs. */
    @Test
    void onlyTheLocalBrokerKnowsTheBroker() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.sabot.connectors.kafka.local..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "kafka..",
                        "org.apache.kafka.metadata..",
                        "org.apache.kafka.server..",
                        "org.apache.kafka.storage..",
                        "io.sabot.connectors.kafka.local..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.sabot.connectors.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
