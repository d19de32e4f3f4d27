-- MigrationsBuild SQL 1
-- Migration: 20261122112022_RenameCustomerNameAndProductDescription
-- Direction: down
-- Context: Shop.Data.ShopContext
-- Generator: EF Core 10.0.14, Npgsql.EntityFrameworkCore.PostgreSQL 10.0.0
-- Body: 1dbd1f960276766f592afcdb43e47cd13bbc6ab2b8ca4e9cb3c942956e8a33b8
-- Source: a302f5d1f5a0f9bea0c8b846a771a1e72ba4e47a824b41c572d3dbae39593e23

ALTER TABLE catalog."Products" DROP CONSTRAINT "CK_Products_Price";

ALTER TABLE sales."OrderLines" DROP CONSTRAINT "CK_OrderLines_Quantity";

ALTER TABLE sales."Customers" RENAME COLUMN "FullName" TO "Name";

ALTER TABLE catalog."Products" ALTER COLUMN "Summary" TYPE text;

ALTER TABLE catalog."Products" RENAME COLUMN "Summary" TO "Description";
