package io.tongdao.release;

import io.tongdao.contract.seal.SealKeys;

/**
 * The keys by which rows are released.
 *
 * @param tokens of consumers and purposes
 * @param seals of incidents (art. 27)
 */
public record ReleaseKeys(TokenKeys tokens, SealKeys seals) {}
