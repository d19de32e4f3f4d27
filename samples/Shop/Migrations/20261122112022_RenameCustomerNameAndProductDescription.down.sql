-- MigrationsBuild SQL 1
-- Migration: 20261122112022_RenameCustomerNameAndProductDescription
-- Direction: down
-- Context: Shop.Data.ShopContext
-- Provider: Npgsql.EntityFrameworkCore.PostgreSQL
-- Body: 1dbd1f960276766f592afcdb43e47cd13bbc6ab2b8ca4e9cb3c942956e8a33b8
-- Source: 044d61a623034bc9d4d78f8a5b30da94d2a2ec1fe0992206b4d2899928ed945c

ALTER TABLE catalog."Products" DROP CONSTRAINT "CK_Products_Price";

ALTER TABLE sales."OrderLines" DROP CONSTRAINT "CK_OrderLines_Quantity";

ALTER TABLE sales."Customers" RENAME COLUMN "FullName" TO "Name";

ALTER TABLE catalog."Products" ALTER COLUMN "Summary" TYPE text;

ALTER TABLE catalog."Products" RENAME COLUMN "Summary" TO "Description";
