package io.tongdao.deliver;

import java.util.function.Supplier;

/**
 * A lower level's own database (art. 26).
 *
 * @param jdbcUrl PostgreSQL
 * @param password asked for at each connection: secrets come by reference
 * @param schema the schema that receives the tables; made if it is missing
 */
public record DeliveryTarget(String jdbcUrl, String user, Supplier<String> password, String schema) {}
