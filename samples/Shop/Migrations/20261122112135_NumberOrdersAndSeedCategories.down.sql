-- MigrationsBuild SQL 1
-- Migration: 20261122112135_NumberOrdersAndSeedCategories
-- Direction: down
-- Context: Shop.Data.ShopContext
-- Provider: Npgsql.EntityFrameworkCore.PostgreSQL
-- Body: 120add2a2ab4faf1f85d621a59ab403ca89f172da7db2d72241d9ff555202233
-- Source: 7f954cfe794bde6f6c8b3f2627e1fb9a0f9dc1763589cc6e00b545227172cd57

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
