/*
 * A counter is a hash with `spent` and `held`, and a sorted set of its holds (`<id>:<amount>`) by expiry. Redis runs a
 * script without interruption, and its clock is the only one that all instances share.
 */

const begin = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function minus(amount)
  return string.format('%.0f', 0 - tonumber(amount))
end
local function count(counter, holds)
  local gone = redis.call('ZRANGEBYSCORE', holds, '-inf', now)
  for _, member in ipairs(gone) do
    redis.call('HINCRBY', counter, 'held', minus(string.match(member, ':(%d+)$')))
    redis.call('ZREM', holds, member)
  end
  local both = redis.call('HMGET', counter, 'spent', 'held')
  return tonumber(both[1] or '0'), tonumber(both[2] or '0')
end
local function keep(counter, holds, until_)
  redis.call('PEXPIREAT', counter, until_)
  redis.call('PEXPIREAT', holds, until_)
end
`;

/** Keys: counter and holds of each claim. Arguments: id, milliseconds; then limit, amount and end of each claim. */
export const reserveScript: string = `${begin}
local spents = {}
for i = 1, #KEYS / 2 do
  local spent, held = count(KEYS[2 * i - 1], KEYS[2 * i])
  local left = tonumber(ARGV[3 * i]) - spent - held
  if tonumber(ARGV[3 * i + 1]) > left then return { i, math.max(0, left) } end
  spents[i] = spent
end
for i = 1, #KEYS / 2 do
  local counter, holds, amount = KEYS[2 * i - 1], KEYS[2 * i], ARGV[3 * i + 1]
  redis.call('HINCRBY', counter, 'held', amount)
  redis.call('ZADD', holds, now + ARGV[2], ARGV[1] .. ':' .. amount)
  keep(counter, holds, ARGV[3 * i + 2])
end
return { 0, unpack(spents) }`;

/** Keys: a mark, then counter and holds of each claim. Arguments: id, the mark's milliseconds; then amount, spent and end of each claim. */
export const settleScript: string = `${begin}
if not redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[2]) then return 0 end
for i = 1, (#KEYS - 1) / 2 do
  local counter, holds, amount = KEYS[2 * i], KEYS[2 * i + 1], ARGV[3 * i]
  if redis.call('ZREM', holds, ARGV[1] .. ':' .. amount) == 1 then
    redis.call('HINCRBY', counter, 'held', minus(amount))
  end
  redis.call('HINCRBY', counter, 'spent', ARGV[3 * i + 1])
  keep(counter, holds, ARGV[3 * i + 2])
end
return 1`;

/** Keys: counter and holds of each counter. Returns spent and held of each. */
export const readScript: string = `${begin}
local found = {}
for i = 1, #KEYS / 2 do
  found[2 * i - 1], found[2 * i] = count(KEYS[2 * i - 1], KEYS[2 * i])
end
return found`;

/** Keys: a mark. Arguments: milliseconds. A shorter wait does not end a longer one. */
export const coolScript = `
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], '1', 'PX', ARGV[1]) end
return 1`;
