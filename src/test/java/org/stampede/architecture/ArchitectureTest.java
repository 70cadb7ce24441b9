package org.stampede.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the import table against the product, and shows of each rule that it can fail. */
class ArchitectureTest {
    private static final String PRODUCT = "org.stampede";
    private static final String OFFENDERS = "org.stampede.architecture.offenders";

    private static final JavaClasses PRODUCT_CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(PRODUCT);
    private static final JavaClasses OFFENDER_CLASSES = new ClassFileImporter().importPackages(OFFENDERS);

    @ParameterizedTest
    @EnumSource
    void theProductObeys(Rule rule) {
        rule.in(PRODUCT).check(PRODUCT_CLASSES);
    }

    @ParameterizedTest
    @EnumSource
    void anOffenderIsCaught(Rule rule) {
        var report = rule.in(OFFENDERS).evaluate(OFFENDER_CLASSES).getFailureReport();
        assertThat(report.getDetails()).anyMatch(violation -> violation.contains(OFFENDERS + "." + rule.offender()));
    }
}
