package io.tongdao.ops.files;

import io.tongdao.contract.catalogue.GrantFile;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.Grant.Status;
import io.tongdao.contract.grant.GrantPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.ops.GrantLives;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.Secret;
import io.tongdao.ops.exchange.PlanSource;
import io.tongdao.ops.keys.FileKeyStore;
import io.tongdao.ops.keys.Pkcs12FileKeys;
import io.tongdao.ops.keys.Pkcs12Keys;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A grant whose files are made of rows that a test says, under a real plan, shelf and key store. */
final class Making {
    private static final Plan PLAN = PlanSource.compileToRead(
            Path.of("../avro/src/test/resources/catalogue/four-agencies"), LocalDate.of(2026, 12, 1));
    private static final Secret PASSWORD = Secret.of("correct horse");
    private final Supplier<FileKeyStore> keys;
    private final Grant grant;

    Making(DataDirectory data, boolean sealed) {
        Path file = data.secrets().resolve("token-keys.p12");
        Pkcs12Keys.create(file, PASSWORD, InstantSource.system(), Map.of(), "test");
        this.keys = () -> Pkcs12FileKeys.open(file, PASSWORD, InstantSource.system());
        Grant filed = GrantFile.read(
                "test", """
                grant: yb-files
                kind: share
                consumer: yb
                table: base.population
                items: {full_name: surname, birth_date: keep}
                purpose: medical_insurance
                legal_basis: b
                scenario: s
                until: 2029-12-31
                delivery: [file]
                files: {every: demand, sealed: %s, keep: P3D}
                """.formatted(sealed), "test", Instant.parse("2026-12-01T00:00:00Z"), PLAN.files());
        this.grant = GrantLives.reached(filed, Status.ACTIVE);
    }

    Grant grant() {
        return grant;
    }

    GrantPlan plan() {
        return GrantPlan.compile(PLAN, grant);
    }

    FileKeyStore keys() {
        return keys.get();
    }

    FileMaking of(FileShelf shelf) {
        return new FileMaking(shelf, keys, plan());
    }

    /** So many people, put down in an order that says nothing. */
    static FileMaking.Rows rows(int people) {
        return table -> {
            for (int n = 0; n < people; n++) {
                int who = (int) ((n * 7_919L) % people);
                table.put("t1:" + who, List.of("张*", "1990-03-07", "[]", "[]"));
            }
            return Map.of(0, (long) people);
        };
    }
}
