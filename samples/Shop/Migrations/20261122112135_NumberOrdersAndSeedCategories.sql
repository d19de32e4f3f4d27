-- MigrationsBuild SQL 1
-- Migration: 20261122112135_NumberOrdersAndSeedCategories
-- Direction: up
-- Context: Shop.Data.ShopContext
-- Generator: EF Core 10.0.14, Npgsql.EntityFrameworkCore.PostgreSQL 10.0.0
-- Body: ee2cb6dec4d7a9a6474e503444af2084c8c20d0ac860a3b6ac46497197d45d6e
-- Source: dc41d13bcd260e3cec76b1f868103c8983ed8751b5da6f90c199cfb0461b8799

CREATE SEQUENCE sales.order_numbers START WITH 1000 INCREMENT BY 1 NO CYCLE;

ALTER TABLE sales."Orders" ADD "Number" bigint NOT NULL DEFAULT (nextval('sales.order_numbers'));

ALTER TABLE sales."OrderLines" ADD "Total" numeric(12,2) GENERATED ALWAYS AS ("Quantity" * "UnitPrice") STORED NOT NULL;

INSERT INTO catalog."Categories" ("Id", "Name", "ParentId")
VALUES (1, 'Kitchen', NULL);
INSERT INTO catalog."Categories" ("Id", "Name", "ParentId")
VALUES (2, 'Garden', NULL);
INSERT INTO catalog."Categories" ("Id", "Name", "ParentId")
VALUES (3, 'Pans', 1);

CREATE UNIQUE INDEX "IX_Orders_Number" ON sales."Orders" ("Number");

SELECT setval(
    pg_get_serial_sequence('catalog."Categories"', 'Id'),
    GREATEST(
        (SELECT MAX("Id") FROM catalog."Categories") + 1,
        nextval(pg_get_serial_sequence('catalog."Categories"', 'Id'))),
    false);
