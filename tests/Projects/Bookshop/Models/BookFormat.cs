using NpgsqlTypes;

namespace Bookshop.Models;

public enum BookFormat
{
    Paperback,
    Hardcover,
    EBook,

    [PgName("children's board book")]
    BoardBook,
}
