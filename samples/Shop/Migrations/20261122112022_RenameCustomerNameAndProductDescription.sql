-- MigrationsBuild SQL 1
-- Migration: 20261122112022_RenameCustomerNameAndProductDescription
-- Direction: up
-- Context: Shop.Data.ShopContext
-- Generator: EF Core 10.0.14, Npgsql.EntityFrameworkCore.PostgreSQL 10.0.0
-- Body: 86412dfe6a199e4cd323eb58c89ad0b9ed635938507adfd804c37de1b9b7bfae
-- Source: a302f5d1f5a0f9bea0c8b846a771a1e72ba4e47a824b41c572d3dbae39593e23

ALTER TABLE sales."Customers" RENAME COLUMN "Name" TO "FullName";

ALTER TABLE catalog."Products" RENAME COLUMN "Description" TO "Summary";

ALTER TABLE catalog."Products" ALTER COLUMN "Summary" TYPE character varying(500);

ALTER TABLE catalog."Products" ADD CONSTRAINT "CK_Products_Price" CHECK ("Price" >= 0);

ALTER TABLE sales."OrderLines" ADD CONSTRAINT "CK_OrderLines_Quantity" CHECK ("Quantity" > 0);
