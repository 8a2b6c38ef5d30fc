package io.tongdao.contract.catalogue;

/** Where in the catalogue's files something stands; lines count from 1. */
public record Place(String file, int line) {}
