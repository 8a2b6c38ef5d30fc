package io.tongdao.contract.catalogue;

/** A rule over the whole catalogue; finds everything that breaks it. */
interface Check {
    void run(Scope scope, Problems problems);
}
