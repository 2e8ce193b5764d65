// The common emoji by Slack's short names. A name that is not here stays as it was typed.

const TABLE = `
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|clap 👏|wave 👋|ok_hand 👌|raised_hands 🙌|pray 🙏|muscle 💪|handshake 🤝|point_up ☝️
point_right 👉|point_left 👈|point_down 👇|raised_hand ✋|hand ✋|v ✌️|crossed_fingers 🤞|writing_hand ✍️|eyes 👀
brain 🧠|smile 😄|smiley 😃|grin 😁|grinning 😀|joy 😂|sweat_smile 😅|laughing 😆|wink 😉|blush 😊|slightly_smiling_face 🙂
upside_down_face 🙃|heart_eyes 😍|relaxed ☺️|thinking_face 🤔|neutral_face 😐|expressionless 😑
face_with_rolling_eyes 🙄|smirk 😏|persevere 😣|disappointed 😞|worried 😟|cry 😢|sob 😭|angry 😠|rage 😡|triumph 😤
scream 😱|flushed 😳|sleeping 😴|slightly_frowning_face 🙁|white_frowning_face ☹️|confused 😕|hushed 😯|open_mouth 😮
grimacing 😬|sunglasses 😎|hugging_face 🤗|zipper_mouth_face 🤐|shushing_face 🤫|partying_face 🥳|pleading_face 🥺
melting_face 🫠|saluting_face 🫡|relieved 😌|weary 😩|tired_face 😫|sweat 😓|facepalm 🤦|shrug 🤷|robot_face 🤖|ghost 👻
heart ❤️|broken_heart 💔|yellow_heart 💛|green_heart 💚|blue_heart 💙|purple_heart 💜|100 💯|fire 🔥|sparkles ✨|star ⭐
star2 🌟|boom 💥|zap ⚡|tada 🎉|confetti_ball 🎊|gift 🎁|balloon 🎈|birthday 🎂|trophy 🏆|medal 🏅|dart 🎯|rocket 🚀|ship 🚢
airplane ✈️|car 🚗|house 🏠|office 🏢|bank 🏦|seedling 🌱|deciduous_tree 🌳|sunny ☀️|partly_sunny ⛅|cloud ☁️
umbrella ☔|snowflake ❄️|rainbow 🌈|ocean 🌊|earth_africa 🌍|coffee ☕|tea 🍵|beer 🍺|pizza 🍕|cake 🍰|apple 🍎
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|negative_squared_cross_mark ❎|warning ⚠️
no_entry ⛔|no_entry_sign 🚫|octagonal_sign 🛑|question ❓|grey_question ❔|exclamation ❗|heavy_exclamation_mark ❗
bangbang ‼️|information_source ℹ️|heavy_plus_sign ➕|heavy_minus_sign ➖|arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️
arrow_down ⬇️|arrow_upper_right ↗️|arrow_lower_right ↘️|arrows_counterclockwise 🔄|repeat 🔁|red_circle 🔴
large_orange_circle 🟠|large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|large_purple_circle 🟣
white_circle ⚪|black_circle ⚫|large_red_square 🟥|large_orange_square 🟧|large_yellow_square 🟨
large_green_square 🟩|large_blue_square 🟦|white_large_square ⬜|black_large_square ⬛|small_red_triangle 🔺
small_red_triangle_down 🔻|triangular_flag_on_post 🚩|checkered_flag 🏁|white_flag 🏳️|bell 🔔|no_bell 🔕
loudspeaker 📢|mega 📣|speech_balloon 💬|thought_balloon 💭|left_speech_bubble 🗨️|envelope ✉️|email 📧
incoming_envelope 📨|inbox_tray 📥|outbox_tray 📤|package 📦|memo 📝|pencil ✏️|pencil2 ✏️|page_facing_up 📄
clipboard 📋|bookmark_tabs 📑|books 📚|book 📖|file_folder 📁|open_file_folder 📂|calendar 📆|date 📅
spiral_calendar_pad 🗓️|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|bar_chart 📊|pushpin 📌
round_pushpin 📍|paperclip 📎|link 🔗|lock 🔒|unlock 🔓|key 🔑|mag 🔍|bulb 💡|hammer 🔨|wrench 🔧|gear ⚙️|scales ⚖️
shield 🛡️|hourglass ⌛|hourglass_flowing_sand ⏳|stopwatch ⏱️|alarm_clock ⏰|clock1 🕐|clock9 🕘|phone ☎️|iphone 📱
computer 💻|moneybag 💰|money_with_wings 💸|euro 💶|credit_card 💳|briefcase 💼|door 🚪|wastebasket 🗑️|recycle ♻️
dove_of_peace 🕊️|snail 🐌|turtle 🐢|bug 🐛|bee 🐝|cat 🐱|dog 🐶|unicorn_face 🦄|busts_in_silhouette 👥
bust_in_silhouette 👤|speak_no_evil 🙊|see_no_evil 🙈|hear_no_evil 🙉|one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣
white_small_square ▫️|black_small_square ▪️|large_blue_diamond 🔷|small_blue_diamond 🔹`;

const EMOJI = new Map(TABLE.trim().split(/[|\n]/).map((pair) => pair.split(" ")));
const SKINS = ["🏻", "🏼", "🏽", "🏾", "🏿"];

/** The character of an emoji's short name, such as "tada" or "+1::skin-tone-3"; undefined when it is not known here. */
export function emojiOf(name) {
  const [base, tone] = name.split("::");
  const found = EMOJI.get(base);
  return found && tone ? found.replace("\uFE0F", "") + (SKINS[tone.at(-1) - 2] ?? "") : found;
}
