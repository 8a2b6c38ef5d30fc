package io.tongdao.ops.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgencyMariaDbIT {
    @TempDir
    Path dir;

    @Test
    void aServerThatStartsLeavesTheTemporaryTablesOfOthersAlone() throws Exception {
        // Given
        try (AgencyMariaDb one = AgencyMariaDb.start(dir.resolve("one"))) {
            one.createDatabase("here");
            try (Connection connection = one.connect("here");
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TEMPORARY TABLE passing (a longtext) ENGINE=Aria");
                statement.execute("INSERT INTO passing VALUES (repeat('云', 100000))");

                // When
                AgencyMariaDb.start(dir.resolve("other")).close();

                // Then
                try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM passing")) {
                    rows.next();
                    assertThat(rows.getInt(1)).isEqualTo(1);
                }
                statement.execute("DROP TEMPORARY TABLE passing");
                assertThat((Throwable) statement.getWarnings()).isNull();
            }
        }
    }
}
