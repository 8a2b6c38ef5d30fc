package io.tongdao.ops.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The description of the API (OpenAPI 3.1), made from the routes that are served, the records that they read and write, and the table of rights. */
final class OpenApi {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z]+)}");

    private OpenApi() {}

    /** Serves the description of some routes. */
    static Route route(List<Route> routes) {
        ObjectNode description = of(routes);
        return Route.get(
                "/openapi.json", Act.DESCRIBE, "接口说明 this description", JsonNode.class, List.of(), call -> description);
    }

    static ObjectNode of(List<Route> routes) {
        Shapes shapes = new Shapes();
        ObjectNode all = JSON.objectNode().put("openapi", "3.1.0");
        all.putObject("info")
                .put("title", "通道 Tongdao")
                .put("version", "1")
                .put(
                        "description",
                        "公共数据共享授权的申请、审批、中止、核实比对与文件领取。Grants of public data, verification and files under them. Errors are RFC 9457 problems.");
        ObjectNode paths = all.putObject("paths");
        routes.forEach(route -> paths.withObjectProperty(route.path())
                .set(route.method().toLowerCase(Locale.ROOT), operation(route, shapes)));
        ObjectNode components = all.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer");
        shapes.of(Problem.Body.class);
        components.set("schemas", shapes.named());
        return all;
    }

    private static ObjectNode operation(Route route, Shapes shapes) {
        ObjectNode operation = JSON.objectNode()
                .put("operationId", id(route))
                .put("summary", route.summary())
                .put("description", "身份 roles: " + roles(route.act()));
        if (route.act() == Act.DESCRIBE) {
            operation.putArray("security");
        } else {
            operation.putArray("security").addObject().putArray("token");
        }
        ArrayNode parameters = operation.putArray("parameters");
        PARAMETER.matcher(route.path()).results().forEach(found -> parameter(parameters, found.group(1), "path"));
        route.query().forEach(name -> parameter(parameters, name, "query"));
        Class<?> takes = route.takes();
        if (takes != null) {
            boolean yaml = takes == String.class;
            operation
                    .putObject("requestBody")
                    .put("required", true)
                    .putObject("content")
                    .putObject(yaml ? "application/yaml" : "application/json")
                    .set("schema", shapes.of(takes));
        }
        ObjectNode responses = operation.putObject("responses");
        if (route.gives() == Download.class) {
            ObjectNode bytes = JSON.objectNode().put("type", "string").put("format", "binary");
            response(responses, "200", "文件 the whole file", Download.TYPE, bytes);
            response(responses, "206", "文件的一段 the range of it that was asked for", Download.TYPE, bytes);
        } else {
            response(responses, "200", "完成 done", "application/json", shapes.of(route.gives()));
        }
        response(responses, "default", "未完成 not done", "application/problem+json", shapes.of(Problem.Body.class));
        return operation;
    }

    private static void response(ObjectNode responses, String code, String text, String type, JsonNode schema) {
        responses
                .putObject(code)
                .put("description", text)
                .putObject("content")
                .putObject(type)
                .set("schema", schema);
    }

    private static void parameter(ArrayNode parameters, String name, String in) {
        parameters
                .addObject()
                .put("name", name)
                .put("in", in)
                .put("required", in.equals("path"))
                .putObject("schema")
                .put("type", "string");
    }

    private static String id(Route route) {
        return route.method().toLowerCase(Locale.ROOT)
                + route.path()
                        .replace("{", "")
                        .replace("}", "")
                        .replace('/', '-')
                        .replace(".json", "");
    }

    private static String roles(Act act) {
        return Arrays.stream(Role.values())
                .filter(role -> Rights.of(role, act) != Rights.Reach.NONE)
                .map(role -> role.word() + (Rights.of(role, act) == Rights.Reach.OWN ? " (own)" : ""))
                .collect(Collectors.joining(", "));
    }
}
