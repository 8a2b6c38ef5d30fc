package io.tongdao.reconcile.rule;

/** Stands in a claim for a value that the row takes back: it beats other sources' values as a value would, and leaves the item empty. */
public enum Withdrawn {
    VALUE
}
