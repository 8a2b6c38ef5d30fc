package io.tongdao.ops.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** JSON schemas of the records that the API reads and writes, by their components. Asked once, at the start. */
final class Shapes {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private final Map<String, ObjectNode> named = new TreeMap<>();

    /** A reference to a record's schema, or the schema of something simple. */
    ObjectNode of(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            if (Collection.class.isAssignableFrom(raw)) {
                return JSON.objectNode().put("type", "array").set("items", of(last));
            }
            if (Map.class.isAssignableFrom(raw)) {
                return JSON.objectNode().put("type", "object").set("additionalProperties", of(last));
            }
        }
        return type instanceof Class<?> plain ? of(plain) : JSON.objectNode();
    }

    private ObjectNode of(Class<?> type) {
        if (type.isRecord()) {
            String name = name(type);
            if (!named.containsKey(name)) {
                named.put(name, JSON.objectNode());
                named.put(name, record(type));
            }
            return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
        }
        if (type == String.class) {
            return JSON.objectNode().put("type", "string");
        }
        if (type == boolean.class) {
            return JSON.objectNode().put("type", "boolean");
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return JSON.objectNode().put("type", "integer");
        }
        return JSON.objectNode().put("type", "object");
    }

    private ObjectNode record(Class<?> type) {
        ObjectNode schema = JSON.objectNode().put("type", "object").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        var required = schema.putArray("required");
        for (RecordComponent component : type.getRecordComponents()) {
            properties.set(component.getName(), of(component.getGenericType()));
            required.add(component.getName());
        }
        return schema;
    }

    private static String name(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return outer == null ? type.getSimpleName() : outer.getSimpleName() + type.getSimpleName();
    }

    /** Every record that was asked for. */
    ObjectNode named() {
        ObjectNode all = JSON.objectNode();
        named.forEach(all::set);
        return all;
    }
}
