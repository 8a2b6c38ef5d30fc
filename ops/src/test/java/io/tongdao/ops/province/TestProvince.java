package io.tongdao.ops.province;

import io.tongdao.ops.embedded.AgencyMariaDb;
import io.tongdao.ops.embedded.AgencyPostgres;
import io.tongdao.ops.embedded.DataDirectory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The two database servers of a test, with the logins that the province needs. */
final class TestProvince implements AutoCloseable {
    static final ProvinceDatabases.Login OWNER = new ProvinceDatabases.Login("wuhua_owner", "county'pass");
    static final List<ProvinceDatabases.County> COUNTIES = List.of(
            new ProvinceDatabases.County("wuhua", false, OWNER),
            new ProvinceDatabases.County(
                    "chenggong", true, new ProvinceDatabases.Login("chenggong_owner", "county'pass")));
    static final Map<String, ProvinceDatabases.Login> CAPTURE = Arrays.stream(AgencyTable.values())
            .collect(Collectors.toMap(
                    AgencyTable::database,
                    t -> new ProvinceDatabases.Login("cdc_" + t.database(), "pa'ss-" + t.database()),
                    (one, same) -> one));

    private final AgencyPostgres postgres;
    private final AgencyMariaDb mariadb;

    TestProvince(Path directory) throws InterruptedException {
        DataDirectory data = DataDirectory.open(directory);
        postgres = AgencyPostgres.start(data);
        mariadb = AgencyMariaDb.start(data);
    }

    ProvinceDatabases databases() {
        return new ProvinceDatabases(
                new ProvinceDatabases.Server(
                        postgres::jdbcUrl,
                        new ProvinceDatabases.Login(
                                postgres.user(), postgres.password().reveal())),
                new ProvinceDatabases.Server(
                        mariadb::jdbcUrl,
                        new ProvinceDatabases.Login(
                                mariadb.user(), mariadb.password().reveal())));
    }

    String url(AgencyTable table) {
        return table.mariadb() ? mariadb.jdbcUrl(table.database()) : postgres.jdbcUrl(table.database());
    }

    @Override
    public void close() {
        mariadb.close();
        postgres.close();
    }
}
