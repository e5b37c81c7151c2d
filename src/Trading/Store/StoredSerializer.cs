using System.Data.Common;
using System.Text.Json;
using Marten.Services;
using Trading.Kernel;
using Weasel.Storage;

namespace Trading.Store;

/// <summary>
/// Reads what lies in the store. Content of an event that cannot be read makes an empty object (<see cref="Unread"/>), so that the other
/// events of its page are read.
/// </summary>
/// <param name="isFact">Whether a type is that of an event's content.</param>
public sealed class StoredSerializer(Predicate<Type> isFact) : SystemTextJsonSerializer, IStorageSerializer
{
    T IStorageSerializer.FromJson<T>(DbDataReader reader, int index)
    {
        try
        {
            return FromJson<T>(reader, index);
        }
        catch (JsonException unreadable) when (isFact(typeof(T)))
        {
            return (T)Unread.Of(typeof(T), unreadable);
        }
    }

    async ValueTask<T> IStorageSerializer.FromJsonAsync<T>(DbDataReader reader, int index, CancellationToken cancellationToken)
    {
        try
        {
            return await FromJsonAsync<T>(reader, index, cancellationToken);
        }
        catch (JsonException unreadable) when (isFact(typeof(T)))
        {
            return (T)Unread.Of(typeof(T), unreadable);
        }
    }

    object IStorageSerializer.FromJson(Type type, DbDataReader reader, int index)
    {
        try
        {
            return FromJson(type, reader, index);
        }
        catch (JsonException unreadable) when (isFact(type))
        {
            return Unread.Of(type, unreadable);
        }
    }

    async ValueTask<object> IStorageSerializer.FromJsonAsync(Type type, DbDataReader reader, int index, CancellationToken cancellationToken)
    {
        try
        {
            return await FromJsonAsync(type, reader, index, cancellationToken);
        }
        catch (JsonException unreadable) when (isFact(type))
        {
            return Unread.Of(type, unreadable);
        }
    }
}
