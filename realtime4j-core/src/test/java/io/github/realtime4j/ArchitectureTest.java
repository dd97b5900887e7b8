package io.github.realtime4j;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The layers of the core: all arrows point down. */
final class ArchitectureTest {
    private static final String ROOT = "io.github.realtime4j";
    private static final Set<String> EMPTY_WORDS =
            Set.of("Impl", "Manager", "Helper", "Util", "Utils", "Base", "Abstract", "Data", "Info");

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "audio     : ''",
                "json      : ''",
                "transport : ''",
                "protocol  : audio json",
                "codec     : protocol audio json",
                "history   : protocol audio json",
                "usage     : protocol audio json",
                "tool      : codec protocol audio json",
                "session   : tool codec transport protocol audio json"
            })
    void aLayerKnowsOnlyWhatIsBelowIt(String layer, String below) {
        String self = ROOT + "." + layer.trim() + "..";
        String[] allowed = Stream.concat(
                        Stream.of(self),
                        Arrays.stream(below.trim().split(" "))
                                .filter(name -> !name.isEmpty())
                                .map(name -> ROOT + "." + name + ".."))
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> ofOurs = resideInAPackage(ROOT + "..");
        noClasses()
                .that()
                .resideInAPackage(self)
                .should()
                .dependOnClassesThat(ofOurs.and(resideOutsideOfPackages(allowed)))
                .check(CORE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CORE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"protocol", "json"})
    void factsHaveNoThreadsClocksAndFiles(String layer) {
        DescribedPredicate<JavaClass> machinery = resideInAnyPackage(
                        "java.util.concurrent..", "java.nio.channels..", "java.nio.file..", "java.net..", "org.slf4j..")
                .or(named(
                        "java.lang.Thread",
                        "java.lang.Runnable",
                        "java.lang.System",
                        "java.time.Clock",
                        "java.time.Instant",
                        "java.util.Timer",
                        "java.io.File",
                        "java.io.InputStream",
                        "java.io.OutputStream",
                        "java.io.FileInputStream",
                        "java.io.FileOutputStream"));
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + layer + "..")
                .should()
                .dependOnClassesThat(machinery)
                .check(CORE);
    }

    @Test
    void theCoreRunsWhereTheJdkIsNotWhole() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net.http..", "javax.sound..", "java.awt..", "sun..")
                        .or(named("java.lang.System$Logger", "java.lang.System$LoggerFinder")))
                .check(CORE);
    }

    @Test
    void onlyTheCodecAndTheJsonValuesKnowTheParser() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".codec..", ROOT + ".json..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson..")
                .check(CORE);
    }

    @Test
    void namesSaySomething() {
        classes()
                .that()
                .areNotAnonymousClasses()
                .should()
                .haveNameNotMatching(".*[.$][A-Za-z0-9]*?(" + String.join("|", EMPTY_WORDS) + ")([A-Z0-9].*|$)")
                .check(CORE);
    }

    @Test
    void accessorsAreNamedAfterWhatTheyGive() {
        assertThat(CORE.stream().filter(JavaClass::isRecord).flatMap(type -> type.getMethods().stream()))
                .isNotEmpty()
                .noneMatch(method -> method.getRawParameterTypes().isEmpty()
                        && method.getName().matches("get[A-Z].*"));
    }

    private static DescribedPredicate<JavaClass> named(String... names) {
        Set<String> all = Set.of(names);
        return DescribedPredicate.describe("one of " + all, type -> all.contains(type.getName()));
    }
}
