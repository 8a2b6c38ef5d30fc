package io.tongdao.contract.plan;

/**
 * What data may be used for (使用用途, art. 29): a closed code of the catalogue. A token is joinable inside one purpose only.
 *
 * @param under the wider purpose; empty: it stands by itself
 */
public record PurposePlan(String code, String label, String under) {}
