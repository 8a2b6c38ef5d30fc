package io.tongdao.contract.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class IdentifierVectorsTest {

    private record Vector(String kind, String value, boolean valid, String note) {
        static Vector of(String line) {
            String[] cells = line.split(",", 4);
            return new Vector(cells[0], cells[1], cells[2].equals("valid"), cells[3].replace("\"", ""));
        }
    }

    private static List<Vector> vectors() throws IOException {
        try (InputStream in = IdentifierVectorsTest.class.getResourceAsStream("/identity/id_test_vectors.csv")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().skip(1).map(Vector::of).toList();
        }
    }

    @TestFactory
    List<DynamicTest> everyVectorIsDecidedAsTheStandardSays() throws IOException {
        assertThat(vectors()).hasSize(41);
        return vectors().stream()
                .map(vector -> DynamicTest.dynamicTest(vector.kind() + " " + vector.note(), () -> {
                    assertThat(exact(vector)).isEqualTo(vector.valid());
                    if (vector.note().startsWith("-> ")) {
                        String full = vector.note().substring(3, 21);
                        assertThat(CitizenId.parse(vector.value())).isEqualTo(Parsed.valid(new CitizenId(full)));
                    }
                }))
                .toList();
    }

    /** The vectors are of stored forms: lower case is invalid there, and normalised by parse. */
    private static boolean exact(Vector vector) {
        return switch (vector.kind()) {
            case "GB11643", "18-digit other" -> CitizenId.isExact(vector.value());
            case "GB11643-15to18" -> CitizenId.parse(vector.value()) instanceof Parsed.Valid;
            case "GB32100" -> CreditCode.isExact(vector.value());
            case "GB11714" -> OrganisationCode.parse(vector.value()) instanceof Parsed.Valid;
            case "REG15" -> RegistrationNumber.parse(vector.value()) instanceof Parsed.Valid;
            default -> throw new AssertionError("a kind of vector without a check: " + vector.kind());
        };
    }
}
