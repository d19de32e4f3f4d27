using NpgsqlTypes;

namespace Bookshop.Models;

public enum MovementReason
{
    Delivery,
    Sale,

    [PgName("reader's return")]
    Return,
}
