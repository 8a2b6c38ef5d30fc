package io.tongdao.contract.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CitizenIdTest {
    private static final long SEED = 11_643;

    @Test
    void everySingleSubstitutionAndAdjacentTranspositionIsCaught() {
        Gen gen = new Gen(SEED);
        for (int n = 0; n < 200; n++) {
            // Given
            String id = gen.citizenId();
            assertThat(CitizenId.parse(id)).as("seed %d", SEED).isEqualTo(Parsed.valid(new CitizenId(id)));
            for (int at = 0; at < 18; at++) {
                for (char wrong : "0123456789X".toCharArray()) {
                    // When
                    String typo = id.substring(0, at) + wrong + id.substring(at + 1);
                    // Then
                    assertThat(CitizenId.isExact(typo))
                            .as("seed %d, number %d", SEED, n)
                            .isEqualTo(typo.equals(id));
                }
                if (at > 0) {
                    String swapped = id.substring(0, at - 1) + id.charAt(at) + id.charAt(at - 1) + id.substring(at + 1);
                    assertThat(CitizenId.isExact(swapped))
                            .as("seed %d, number %d", SEED, n)
                            .isEqualTo(swapped.equals(id));
                }
            }
        }
    }

    @Test
    void everyWayOfWritingANumberIsOneNumber() {
        Gen gen = new Gen(SEED);
        for (int n = 0; n < 500; n++) {
            // Given
            String id = gen.citizenId();
            // When
            String wide = id.chars()
                    .map(c -> c + 0xFEE0)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            // Then
            for (String written :
                    new String[] {id.toLowerCase(java.util.Locale.ROOT), " " + id + "\t", wide, "\u3000" + wide}) {
                assertThat(CitizenId.parse(written)).as("seed %d", SEED).isEqualTo(Parsed.valid(new CitizenId(id)));
                assertThat(IdentifierText.normalise(IdentifierText.normalise(written)))
                        .isEqualTo(id);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', id.empty",
        "5301021990030712, id.length",
        "53010219900307123A, id.check-digit",
        "5301021990O3071238, id.character",
        "٥30102199003071238, id.character",
        "030102199003071238, id.prefix",
        "530102199003071239, id.check-digit",
        "530102199002301230, id.birth-date"
    })
    void whatIsNoNumberSaysWhyAndNotWhat(String text, String code) {
        assertThat(CitizenId.parse(text)).isEqualTo(Parsed.invalid(code));
    }

    @Test
    void aBirthDateMayNotLieInTheFutureOfTheGivenDay() {
        // Given
        String bornOn7March1990 = "530102199003071238";
        // When
        Parsed<CitizenId> onTheDay = CitizenId.parse(bornOn7March1990, LocalDate.of(1990, 3, 7));
        Parsed<CitizenId> theDayBefore = CitizenId.parse(bornOn7March1990, LocalDate.of(1990, 3, 6));
        // Then
        assertThat(onTheDay).isEqualTo(Parsed.valid(new CitizenId(bornOn7March1990)));
        assertThat(theDayBefore).isEqualTo(Parsed.invalid("id.birth-date"));
        assertThat(new CitizenId(bornOn7March1990).birthDate()).isEqualTo("1990-03-07");
    }

    @Test
    void identifiersNeverShowInText() {
        assertThat(new CitizenId("530102199003071238")).hasToString("CitizenId[***]");
        assertThat(new CreditCode("9144030071526726XG")).hasToString("CreditCode[***]");
        assertThat(new CreditCode("9144030071526726XG").organisationCode()).hasToString("OrganisationCode[***]");
        assertThat(new RegistrationNumber("110108002734659")).hasToString("RegistrationNumber[***]");
        assertThat(SubjectKey.of("530102199003071238")).hasToString("SubjectKey[***]");
    }
}
