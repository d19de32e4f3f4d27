-- MigrationsBuild SQL 1
-- Migration: 20261122111841_AddSales
-- Direction: down
-- Context: Shop.Data.ShopContext
-- Provider: Npgsql.EntityFrameworkCore.PostgreSQL
-- Body: 6d108a3bc20cef8e5705de36c5c0a77c7a5dd2c81c9aa7eb4c91c5e5288944d5
-- Source: 9a883619483820b065b1d4538b28be747de1cee1db456be5ecc04f202ce3a285

DROP TABLE sales."OrderLines";

DROP TABLE sales."Payments";

DROP TABLE sales."Orders";

DROP TABLE sales."Customers";

DROP TYPE sales.order_status;
