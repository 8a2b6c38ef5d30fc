package io.tongdao.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.identity.DocumentKind;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Document;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.SubjectPlan;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of people who have no citizen ID, and of things that are no people: keyed by what the catalogue says of them. */
class OtherDocumentsTest {
    private static final byte[] DIGEST_KEY = "sixteen bytes at least".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource({
        "511, 12345678, , permit:TWN:12345678, 12345678",
        "414, 12ab34567, FRA, passport:FRA:12AB34567, 12AB34567",
        "516, h1234567802, , permit:HMT:H12345678, H1234567802",
        "111, 530102900307123, , 530102199003071238|1, 530102900307123",
        "511, 1234567, , !permit.taiwan, ",
        "'   ', 12345678, , !document.type-missing, ",
        "414, E12345678, , !nationality.empty, "
    })
    void aPersonIsKeyedByTheDocumentThatTheRowNames(
            String code, String number, @Nullable String country, String key, @Nullable String stored) {
        // Given
        Map<String, ItemType> items = new LinkedHashMap<>();
        items.put("number", new ItemType.DocumentType(20, byCode()));
        items.put("code", new ItemType.Code("GA/T 517"));
        items.put("country", new ItemType.Text(3));
        Schema row = SchemaBuilder.struct()
                .optional()
                .name("row")
                .field("NUMBER", Schema.OPTIONAL_STRING_SCHEMA)
                .field("CODE", Schema.OPTIONAL_STRING_SCHEMA)
                .field("COUNTRY", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        Map<String, String> values = new LinkedHashMap<>(Map.of("NUMBER", number, "CODE", code));
        if (country != null) {
            values.put("COUNTRY", country);
        }
        // When
        KeyedRow keyed = apply(Datasets.of(items, List.of(Datasets.person("", "number")), List.of()), row, values);
        // Then
        assertThat(told(keyed)).isEqualTo(key);
        if (stored != null && keyed.value() instanceof org.apache.kafka.connect.data.Struct struct) {
            assertThat(struct.getString("number")).isEqualTo(stored);
        }
    }

    @Test
    void anIntegerOfAnotherCodeIdentifiesByYamlAlone() {
        // Given
        Schema row = SchemaBuilder.struct()
                .optional()
                .name("row")
                .field("AID", Schema.INT32_SCHEMA)
                .build();
        DatasetPlan accounts = Datasets.of(
                Map.of("aid", new ItemType.Int()),
                List.of(new SubjectPlan("", SubjectKind.OTHER, "aid", Map.of(), "pgbench_account")),
                List.of());
        // When
        KeyedRow keyed = apply(accounts, row, Map.of("AID", 99_999));
        // Then
        assertThat(told(keyed)).isEqualTo("other:pgbench_account:99999");
    }

    private static Document byCode() {
        return new Document(
                null,
                "code",
                "country",
                Map.of(
                        "111", DocumentKind.CITIZEN_ID,
                        "414", DocumentKind.PASSPORT,
                        "511", DocumentKind.TAIWAN_PERMIT,
                        "516", DocumentKind.HMT_PERMIT));
    }

    private static KeyedRow apply(DatasetPlan dataset, Schema row, Map<String, ?> values) {
        return new KeyBySubject(dataset, 1, DIGEST_KEY, 1)
                .apply(new Events(row).event("c", 1, null, values))
                .getFirst();
    }

    private static String told(KeyedRow row) {
        return row.topic().startsWith("flag")
                ? "!" + Reject.parse((byte[]) row.value()).code()
                : new String(row.key(), StandardCharsets.UTF_8);
    }
}
