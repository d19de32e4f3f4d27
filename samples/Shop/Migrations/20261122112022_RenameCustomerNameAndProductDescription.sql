-- MigrationsBuild SQL 1
-- Migration: 20261122112022_RenameCustomerNameAndProductDescription
-- Direction: up
-- Context: Shop.Data.ShopContext
-- Provider: Npgsql.EntityFrameworkCore.PostgreSQL
-- Body: 86412dfe6a199e4cd323eb58c89ad0b9ed635938507adfd804c37de1b9b7bfae
-- Source: 044d61a623034bc9d4d78f8a5b30da94d2a2ec1fe0992206b4d2899928ed945c

ALTER TABLE sales."Customers" RENAME COLUMN "Name" TO "FullName";

ALTER TABLE catalog."Products" RENAME COLUMN "Description" TO "Summary";

ALTER TABLE catalog."Products" ALTER COLUMN "Summary" TYPE character varying(500);

ALTER TABLE catalog."Products" ADD CONSTRAINT "CK_Products_Price" CHECK ("Price" >= 0);

ALTER TABLE sales."OrderLines" ADD CONSTRAINT "CK_OrderLines_Quantity" CHECK ("Quantity" > 0);
