-- MigrationsBuild SQL 1
-- Migration: 20261122112135_NumberOrdersAndSeedCategories
-- Direction: down
-- Context: Shop.Data.ShopContext
-- Generator: EF Core 10.0.14, Npgsql.EntityFrameworkCore.PostgreSQL 10.0.0
-- Body: 120add2a2ab4faf1f85d621a59ab403ca89f172da7db2d72241d9ff555202233
-- Source: dc41d13bcd260e3cec76b1f868103c8983ed8751b5da6f90c199cfb0461b8799

DROP INDEX sales."IX_Orders_Number";

DELETE FROM catalog."Categories"
WHERE "Id" = 2;

DELETE FROM catalog."Categories"
WHERE "Id" = 3;

DELETE FROM catalog."Categories"
WHERE "Id" = 1;

ALTER TABLE sales."OrderLines" DROP COLUMN "Total";

ALTER TABLE sales."Orders" DROP COLUMN "Number";

DROP SEQUENCE sales.order_numbers;
