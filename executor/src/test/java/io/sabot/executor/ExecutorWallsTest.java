package io.sabot.executor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ExecutorWallsTest {
    private static final String ROOT = "io.sabot.executor";

    /** A package may use those before it. A new package takes a place here. */
    private static final List<String> LAYERS = List.of(
            "batch",
            "expression",
            "state",
            "time",
            "operator",
            "filter",
            "expand",
            "aggregate",
            "changelog",
            "window",
            "join",
            "rank",
            "over",
            "match",
            "connector",
            "storage",
            "exchange",
            "checkpoint",
            "task",
            "job");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void packagesUseOnlyThoseBeforeThem() {
        Set<String> violations = new TreeSet<>();
        for (JavaClass user : CLASSES) {
            for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                JavaClass used = dependency.getTargetClass();
                if (used.getPackageName().startsWith(ROOT + ".") && !mayUse(user, used)) {
                    violations.add(dependency.getDescription());
                }
            }
        }
        assertThat(violations).isEmpty();
    }

    private static boolean mayUse(JavaClass user, JavaClass used) {
        String from = name(user);
        String to = name(used);
        return from.equals(to) || layer(to) < layer(from);
    }

    private static String name(JavaClass type) {
        String rest = type.getPackageName().substring(ROOT.length() + 1);
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    private static int layer(String name) {
        int layer = LAYERS.indexOf(name);
        if (layer >= 0) {
            return layer;
        }
        throw new AssertionError("package " + name + " has no place in the order of packages");
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyExpressionKnowsCalcite() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".expression..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.calcite..")
                .check(CLASSES);
    }

    @Test
    void onlyJobAndExpressionKnowPlans() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".expression..", ROOT + ".job..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.sabot.planner..")
                .check(CLASSES);
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "of the planner that are no plan",
                        type -> type.getPackageName().startsWith("io.sabot.planner")
                                && !type.getPackageName().startsWith("io.sabot.planner.plan")))
                .check(CLASSES);
    }

    @Test
    void knowsNoOuterModule() {
        noClasses()
                .that()
                .doNotHaveSimpleName("JavaValues") // functions of users may take java.sql.Date and its kin
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sabot.connectors..",
                        "io.sabot.server..",
                        "io.sabot.jdbc..",
                        "io.sabot.shell..",
                        "org.apache.kafka..",
                        "java.sql..")
                .check(CLASSES);
    }
}
